package chat.talk.testkit;

import chat.talk.ChatClient.State;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.room.Chunk;
import chat.talk.room.Command;
import chat.talk.room.HubClient;
import chat.talk.room.HubClientBuilder;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;

/** A client of a scripted hub; nothing happens but on the test's own thread. */
@Timeout(60)
abstract class RoomFixture {
  static final UserName ALICE = UserName.of("alice");
  static final UserName BOB = UserName.of("bob");
  static final ChatId CHAT = ChatId.of("room");
  static final ChatId OTHER = ChatId.of("other");
  static final Token TOKEN = Token.of("a-token-of-22-characters");
  static final Duration TIMEOUT = Duration.ofSeconds(30);
  static final Duration GRACE = Duration.ofSeconds(5);

  /** How long the hub may take to say why it ended a session. */
  static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /** As long as any pause between two attempts. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  final SettableClock clock = new SettableClock();
  final ManualExecutor executor = new ManualExecutor();
  final ScriptedHub hub = new ScriptedHub();
  final Recorder recorder = new Recorder();

  HubClientBuilder bob(ChatMessageListener listener) {
    return HubClient.join(hub, new Login.NewUser(BOB, TOKEN))
        .listener(listener)
        .scheduler(clock)
        .executor(executor)
        .random(new Random(7));
  }

  HubClientBuilder bob() {
    return bob(recorder);
  }

  /** A client that has connected. */
  HubClient open() {
    HubClient client = bob().open();
    executor.run();
    return client;
  }

  ScriptedSession session() {
    return hub.session();
  }

  void advance(Duration span) {
    clock.advance(span);
    executor.run();
  }

  /** Lets the client come back. */
  void comeBack() {
    int before = hub.knocks.size();
    for (int i = 0; i < 100 && hub.knocks.size() == before; i++) {
      advance(Duration.ofMillis(100));
    }
  }

  static Draft draft(int number) {
    return new Draft(MessageId.of("m" + number), CHAT, "text " + number);
  }

  static Command<Entry> send(int number) {
    return new Command.Send(draft(number));
  }

  static List<Command<?>> sends(int from, int upTo) {
    return IntStream.rangeClosed(from, upTo).<Command<?>>mapToObj(RoomFixture::send).toList();
  }

  static Cursor place(long sequence) {
    return new Cursor(1, sequence);
  }

  static Entry entry(ChatId chat, int number) {
    MessageId id = MessageId.of("m" + number);
    return new Entry(
        place(number), new ChatMessage(chat, id, ALICE, "text " + number, Instant.EPOCH));
  }

  /** Entries up to a place, the first of them just after another. */
  static Chunk chunk(ChatId chat, int after, int upTo) {
    return chunk(chat, after, upTo, upTo);
  }

  static Chunk chunk(ChatId chat, int after, int upTo, int next) {
    List<Entry> entries =
        IntStream.rangeClosed(after + 1, upTo).mapToObj(number -> entry(chat, number)).toList();
    return new Chunk(chat, place(after), entries, place(next));
  }

  static List<String> texts(int from, int upTo) {
    return IntStream.rangeClosed(from, upTo).mapToObj(number -> "text " + number).toList();
  }

  List<State> states() {
    List<State> states = new ArrayList<>();
    for (Notice notice : recorder.notices()) {
      if (notice instanceof Notice.StateChanged changed) {
        states.add(changed.state());
      }
    }
    return states;
  }
}
