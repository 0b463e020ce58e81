package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Recipient;
import chat.talk.UserName;
import chat.talk.room.Chunk;
import chat.talk.room.Command;
import chat.talk.room.Fact;
import chat.talk.room.Feed;
import chat.talk.room.Hub;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import chat.talk.testkit.FaultyStorage;
import chat.talk.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/**
 * A hub that does all its work on the thread that asks for it: when a call returns, it is done, and
 * a storage read that was begun has come back.
 */
final class DirectHub implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(1);

  final FaultyStorage storage = new FaultyStorage(HubStorage.inMemory());
  final SettableClock clock = new SettableClock();
  private final UnaryOperator<HubBuilder> setup;
  private final Deque<Runnable> held = new ArrayDeque<>();
  private boolean isHolding;
  private Hub hub;

  DirectHub() {
    this(UnaryOperator.identity());
  }

  DirectHub(UnaryOperator<HubBuilder> setup) {
    this.setup = setup;
    this.hub = open();
  }

  private Hub open() {
    HubBuilder builder =
        HubEngine.builder(storage)
            .scheduler(clock)
            .executor(this::execute)
            .random(new Random(1))
            .closeWithin(GRACE)
            .passwordCost(4);
    return setup.apply(builder).open();
  }

  private void execute(Runnable task) {
    if (isHolding) {
      held.add(task);
    } else {
      task.run();
    }
  }

  /** What is asked meanwhile is decided in one group, after that. */
  void together(Runnable asking) {
    isHolding = true;
    asking.run();
    isHolding = false;
    while (!held.isEmpty()) {
      held.remove().run();
    }
  }

  void restart() {
    close();
    hub = open();
  }

  @Override
  public void close() {
    CompletableFuture<Void> end = hub.shutDown("the test is over");
    clock.advance(GRACE);
    assertThat(end).isCompleted();
  }

  Visitor join(String name) {
    return connect(new Login.NewUser(UserName.of(name), Token.random()), Map.of());
  }

  Visitor connect(Login login, Map<ChatId, Cursor> resume) {
    Visitor visitor = new Visitor(login);
    visitor.session = answer(hub.connect(login, resume, visitor));
    return visitor;
  }

  /** What the hub has written down besides its logs. */
  List<Fact> facts() {
    try (Stream<Fact> facts = storage.facts()) {
      return facts.toList();
    }
  }

  private static <T> T answer(CompletableFuture<T> future) {
    assertThat(future).isDone();
    try {
      return future.join();
    } catch (RuntimeException e) {
      throw ChatException.of(e);
    }
  }

  /** A device, and what its session was told; it polls when the test says so. */
  static final class Visitor implements Session.Listener {
    final Login login;
    Session session;
    int wakeUps;

    private Visitor(Login login) {
      this.login = login;
    }

    @Override
    public void onReady() {
      wakeUps++;
    }

    @Override
    public void onEnd(ChatException why) {}

    <R> R ask(Command<R> command) {
      return answer(session.call(command));
    }

    @Nullable
    Code refusal(Command<?> command) {
      try {
        ask(command);
        return null;
      } catch (ChatException e) {
        return e.code();
      }
    }

    Entry say(Recipient to, String text) {
      return ask(new Command.Send(Draft.of(to, text)));
    }

    ChatId general() {
      return ask(new Command.Status()).general();
    }

    /** A new private chat, with somebody else in it. */
    ChatId createWith(Visitor other) {
      ChatId chat = ask(new Command.Create(ChatId.random(), "together")).id();
      ask(new Command.Invite(chat, other.session.user()));
      other.ask(new Command.Accept(chat));
      return chat;
    }

    /** Polls until there is nothing more. */
    List<Chunk> takeAll() {
      List<Chunk> chunks = new ArrayList<>();
      for (Feed feed = session.poll(1); !feed.isEmpty(); feed = session.poll(1)) {
        chunks.addAll(feed.chunks());
      }
      return chunks;
    }

    List<Entry> takeEntries() {
      return takeAll().stream().flatMap(chunk -> chunk.entries().stream()).toList();
    }
  }
}
