package chat.talk.http.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.UserName;
import chat.talk.http.internal.json.ClientFrame;
import chat.talk.hub.HubEngine;
import chat.talk.room.Command;
import chat.talk.room.Feed;
import chat.talk.room.Hub;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import chat.talk.testkit.ForwardingHub;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions whose frames nobody fetches for a while. */
@Timeout(60)
final class FetchedTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final HubEngine hub =
      HubEngine.builder(HubStorage.inMemory()).closeWithin(Duration.ofMillis(50)).open();

  private final Token token = Token.random();
  private final Fetched session = new Fetched(hub, new Common(), token, null, () -> {});

  @AfterEach
  void close() {
    session.close();
    hub.close();
  }

  private static <T> T result(CompletableFuture<T> future) {
    return future.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** What is fetched next, when the session has an answer to give. */
  private String connected() {
    return connected(session);
  }

  private String connected(Fetched one) {
    Login login = new Login.NewUser(UserName.of("ada"), token);
    result(one.take(new ClientFrame.Connect(login, Map.of(), 0), 0));
    return next(one);
  }

  private String next() {
    return next(session);
  }

  private static String next(Fetched one) {
    return result(one.next(LONG)).items().stream()
        .map(item -> StandardCharsets.UTF_8.decode(item.frame().text()).toString())
        .collect(Collectors.joining("\n"));
  }

  private void askForStatus() {
    CompletableFuture<Void> answered = session.take(new ClientFrame.Ask(7, status()), 10);
    result(hub.ask(new Login.Known(token), status()));
    assertThat(answered).isNotDone();
  }

  private static Command<?> status() {
    return new Command.Status();
  }

  @Test
  void lastWordsAreSaidWhenTheAnswersAndTheEndAreFetched() {
    assertThat(connected()).contains("connected");
    askForStatus();
    hub.close();
    CompletableFuture<Void> said = session.lastWords();
    assertThat(said).isNotDone();
    assertThat(next()).contains("\"request\":7", "\"type\":\"end\"");
    result(said);
  }

  @Test
  void answersAreLastWordsToo() {
    connected();
    askForStatus();
    CompletableFuture<Void> said = session.lastWords();
    assertThat(said).isNotDone();
    assertThat(next()).contains("\"request\":7").doesNotContain("end");
    result(said);
  }

  @Test
  void anAnswerThatIsBeingHandedOverAsTheSessionEndsIsALastWord() {
    EndingHub ending = new EndingHub();
    Fetched leaving = new Fetched(ending, new Common(), token, null, () -> {});
    ending.atTheEnd = leaving::lastWords;
    connected(leaving);
    leaving.take(new ClientFrame.Ask(7, status()), 10);
    assertThat(ending.said).isNotDone();
    assertThat(next(leaving)).contains("\"request\":7", "\"type\":\"end\"");
    result(ending.said);
  }

  @Test
  void whoHasNothingToSayIsNotWaitedFor() {
    connected();
    assertThat(session.lastWords()).isCompleted();
  }

  @Test
  void whoIsGoneIsNotWaitedFor() {
    connected();
    askForStatus();
    CompletableFuture<Void> said = session.lastWords();
    session.close();
    assertThat(said).isCompleted();
  }

  /** A hub that ends a session as it answers it, and looks then what is left to say. */
  private final class EndingHub extends ForwardingHub {
    private Supplier<CompletableFuture<Void>> atTheEnd;
    private CompletableFuture<Void> said;

    @Override
    protected Hub target() {
      return hub;
    }

    @Override
    public CompletableFuture<Session> connect(
        Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
      return hub.connect(login, resume, listener).thenApply(opened -> ending(opened, listener));
    }

    private Session ending(Session opened, Session.Listener listener) {
      return new Session() {
        @Override
        public UserName user() {
          return opened.user();
        }

        @Override
        public String device() {
          return opened.device();
        }

        @Override
        public <R> CompletableFuture<R> call(Command<R> command) {
          R answer = result(opened.call(command));
          listener.onEnd(new ChatException(Code.CLOSED, "the hub is closed"));
          said = atTheEnd.get();
          return CompletableFuture.completedFuture(answer);
        }

        @Override
        public Feed poll(int maxEntries) {
          return opened.poll(maxEntries);
        }

        @Override
        public void close() {
          opened.close();
        }
      };
    }

    @Override
    public void close() {
      hub.close();
    }
  }
}
