package chat.talk.http.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.UserName;
import chat.talk.http.WebSocketText;
import chat.talk.http.internal.json.ClientFrame;
import chat.talk.http.internal.json.EntryCache;
import chat.talk.hub.HubEngine;
import chat.talk.room.Command;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Token;
import chat.talk.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that ask for much, and take none of it. */
@Timeout(60)
final class ConversationTest {
  private static final ChatId GENERAL = ChatId.of("general");
  private static final int TEXT = 200_000;
  private static final long TOTAL = 40L << 20;

  private final HubEngine hub = HubEngine.builder(HubStorage.inMemory()).open();
  private final Backlog backlog = new Backlog(TOTAL);
  private final List<String> taken = new ArrayList<>();
  private boolean isWritable;

  private final Conversation.Sink sink =
      new Conversation.Sink() {
        @Override
        public boolean isWritable() {
          return isWritable;
        }

        @Override
        public void put(WebSocketText frame) {
          String text = StandardCharsets.UTF_8.decode(frame.text()).toString();
          taken.add(text.substring(0, Math.min(80, text.length())));
        }
      };

  @BeforeEach
  void say() throws Exception {
    Login bob = new Login.NewUser(UserName.of("bob"), Token.random());
    for (int i = 0; i < 2; i++) {
      Draft draft = Draft.of(GENERAL, "x".repeat(TEXT));
      hub.ask(bob, new Command.Send(draft)).get(20, TimeUnit.SECONDS);
    }
  }

  @AfterEach
  void close() {
    hub.close();
  }

  /** A client that has connected, takes no entries, and has taken nothing else so far. */
  private Conversation client(String name) throws Exception {
    Conversation client = new Conversation(hub, new Common(backlog, new EntryCache()), () -> {});
    Login login = new Login.NewUser(UserName.of(name), Token.random());
    client.take(new ClientFrame.Connect(login, Map.of(), 0), 0).get(20, TimeUnit.SECONDS);
    assertThat(client.hasSession()).isTrue();
    return client;
  }

  /** Asks for pages. */
  private static void ask(Conversation client, int count) {
    Command<?> page = new Command.ReadAfter(GENERAL, Cursor.START, 1_000);
    for (int i = 1; i <= count; i++) {
      CompletableFuture<Void> taken = client.take(new ClientFrame.Ask(i, page), 100);
      assertThat(taken).isNotCompletedExceptionally();
    }
  }

  /** All was done that was asked, so none of it is said not to have been. */
  @Test
  void answersThatNobodyTakesAreBoundedInBytes() throws Exception {
    Conversation greedy = client("greedy");
    ask(greedy, 200);
    takeAll(greedy, 201);
    assertThat(count("TIMED_OUT")).isGreaterThan(100);
    assertThat(count("OVERLOADED")).isZero();
    assertThat(count("\"type\":\"answer\"")).isBetween(50L, 100L);
    assertThat(backlog.held()).isZero();
  }

  /** Goes on to take when the hub has said something to everything. */
  private void takeAll(Conversation client, int count) {
    awaitAnswers(client, count);
    assertThat(backlog.held()).isBetween(20L << 20, Backlog.MAX_PER_CLIENT);
    isWritable = true;
    client.fill(sink);
    assertThat(taken).hasSize(count);
  }

  private static void awaitAnswers(Conversation client, int count) {
    Await.until(count + " answers", () -> client.waiting() == count);
  }

  private long count(String what) {
    return taken.stream().filter(text -> text.contains(what)).count();
  }

  @Test
  void manyWhoTakeNothingHaveNoMoreThanAllMayAndOthersGoOn() throws Exception {
    for (int i = 0; i < 10; i++) {
      Conversation greedy = client("greedy" + i);
      ask(greedy, 60);
      awaitAnswers(greedy, 61);
    }
    assertThat(backlog.held()).isBetween(TOTAL / 2, TOTAL + 10 * (16L << 10));
    Conversation modest = client("modest");
    modest.take(new ClientFrame.Ask(1, new Command.Identify()), 100);
    awaitAnswers(modest, 2);
    isWritable = true;
    modest.fill(sink);
    assertThat(count("\"user\":\"modest\"")).isEqualTo(2);
  }

  @Test
  void whatAClientLeavesIsNotKept() throws Exception {
    Conversation greedy = client("greedy");
    ask(greedy, 20);
    awaitAnswers(greedy, 21);
    ask(greedy, 20);
    greedy.close();
    Await.until("nothing open", () -> greedy.open() == 0);
    assertThat(backlog.held()).isZero();
  }

  /** Who is asked whether all has gone out looks while it comes: many times, to meet the moment. */
  @Test
  void whatWasSaidBeforeTheEndGoesOutBeforeIt() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      Conversation client = new Conversation(hub, new Common(backlog, new EntryCache()), () -> {});
      CompletableFuture<Void> speaker = CompletableFuture.runAsync(() -> speak(client));
      ChatException seen;
      do {
        seen = client.ended();
      } while (seen == null && !speaker.isDone());
      assertThat(seen).isNull();
      speaker.get(20, TimeUnit.SECONDS);
    }
  }

  private static void speak(Conversation client) {
    ChatException end = new ChatException(Code.CLOSED, "the end");
    client.take("what is this?");
    client.onEnd(end);
  }
}
