package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.Recipient;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Fact;
import chat.talk.room.FileUpload;
import chat.talk.room.Hub;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import chat.talk.testkit.FaultyStorage;
import chat.talk.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** An engine on the test's own thread: what is asked before it {@link #run}s is one group. */
final class Lab {
  static final ChatId GENERAL = State.GENERAL;
  static final Duration HOUR = Duration.ofHours(1);

  final SettableClock clock = new SettableClock();
  final FaultyStorage storage = new FaultyStorage(HubStorage.inMemory());
  private final UnaryOperator<HubBuilder> setup;
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private Hub hub;

  Lab(UnaryOperator<HubBuilder> setup) {
    this.setup = setup;
    open();
  }

  void open() {
    HubBuilder builder =
        HubEngine.builder(storage).scheduler(clock).executor(steps::add).passwordCost(4);
    hub = setup.apply(builder).open();
  }

  void run() {
    while (!steps.isEmpty()) {
      steps.remove().run();
    }
  }

  /** Lets time pass, and happen what falls due. */
  void pass(Duration span) {
    clock.advance(span);
    run();
    clock.advance(Duration.ZERO);
    run();
  }

  void stop() {
    hub.shutDown("the test is over");
    run();
    pass(Duration.ofSeconds(5));
  }

  Session join(String name) {
    return join(new Login.NewUser(UserName.of(name), Token.random()));
  }

  Session join(Login login) {
    CompletableFuture<Session> session = hub.connect(login, Map.of(), new Deaf());
    run();
    return session.join();
  }

  FileUpload upload(Login login) {
    CompletableFuture<FileUpload> upload = hub.upload(login, FileUpload.Kind.FILE);
    run();
    return upload.join();
  }

  <R> R ask(Session session, Command<R> command) {
    CompletableFuture<R> answer = session.call(command);
    run();
    return answer.join();
  }

  /** Null when it was not refused. */
  Code refusal(Session session, Command<?> command) {
    CompletableFuture<?> answer = session.call(command);
    run();
    return code(answer);
  }

  static Code code(CompletableFuture<?> answer) {
    try {
      answer.getNow(null);
      return null;
    } catch (CompletionException e) {
      return ChatException.of(e).code();
    }
  }

  Entry say(Session session, Recipient to, String text) {
    return ask(session, new Command.Send(Draft.of(to, text)));
  }

  Entry find(Entry entry) {
    MessageKey key = entry.event().key();
    return storage.find(List.of(key)).get(key);
  }

  List<Entry> log(ChatId chat) {
    return storage.readAfter(chat, Cursor.START, 100_000).entries();
  }

  <F extends Fact> List<F> facts(Class<F> kind) {
    try (Stream<Fact> facts = storage.facts()) {
      return facts.filter(kind::isInstance).map(kind::cast).toList();
    }
  }

  private static final class Deaf implements Session.Listener {
    @Override
    public void onReady() {}

    @Override
    public void onEnd(ChatException why) {}
  }
}
