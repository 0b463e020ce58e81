package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessageListener;
import chat.talk.Cursor;
import chat.talk.UserName;
import chat.talk.room.BlobStore;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.HubClientBuilder;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What the tests of {@link HubContract} are written with. */
@Timeout(60)
abstract class HubFixture {
  static final UserName ALICE = UserName.of("alice");
  static final UserName BOB = UserName.of("bob");
  static final UserName CAROL = UserName.of("carol");
  static final UserName DAVE = UserName.of("dave");
  static final UserName NOBODY = UserName.of("nobody");
  static final Duration HOUR = Duration.ofHours(1);

  /** The least that all parts of a hub tell apart. */
  static final Duration TICK = Duration.ofMillis(1);

  /** A client pauses for up to ten seconds after each of many breaks. */
  private static final Duration ON_A_BAD_NETWORK = Await.LIMIT.multipliedBy(5);

  final SettableClock clock = new SettableClock();

  /** The hub under test, also after {@link #restart()}. Opened at the first use. */
  final Hub hub = new Door();

  HubStorage storage;

  /** Where the hub under test has files, unless it is served without. */
  BlobStore blobs;

  private HubOptions options;
  private volatile @Nullable Hub open;
  private volatile boolean isStopped;
  private final Deque<Runnable> closings = new ArrayDeque<>();
  private final List<Recorder> recorders = new ArrayList<>();

  abstract HubStorage makeStorage();

  abstract Hub makeHub(HubOptions options);

  abstract boolean isBehindANetwork();

  abstract boolean isBehindABadNetwork();

  /** How long so much may take to cross the network that it rarely does between two breaks. */
  final Duration patience() {
    return isBehindABadNetwork() ? ON_A_BAD_NETWORK : Await.LIMIT;
  }

  final <T> T transferred(CompletableFuture<T> transfer) {
    return Await.result(patience(), transfer);
  }

  protected abstract void close();

  @BeforeEach
  void prepare() {
    storage = makeStorage();
    options = HubOptions.of(storage, clock);
    blobs = options.blobs();
  }

  @AfterEach
  void closeAllAndCheckTheRecorders() {
    while (!closings.isEmpty()) {
      closings.pop().run();
    }
    stop();
    options.storage().close();
    storage.close();
    blobs.close();
    close();
    recorders.forEach(Recorder::assertWellBehaved);
  }

  /** Sets the hub up in another way than usual; to be called before anything else. */
  void serve(UnaryOperator<HubOptions> change) {
    options = change.apply(options);
  }

  /** Opens the hub if it was not. */
  synchronized Hub opened() {
    Hub current = open;
    if (current == null) {
      current = makeHub(options);
      open = current;
    }
    return current;
  }

  synchronized void stop() {
    isStopped = true;
    Hub current = open;
    open = null;
    if (current != null) {
      current.close();
    }
  }

  synchronized void restart() {
    stop();
    isStopped = false;
    opened();
  }

  /** Leads to the hub that is open now, as a network address does. */
  private final class Door extends ForwardingHub {
    @Override
    protected Hub target() {
      return opened();
    }

    @Override
    public CompletableFuture<Session> connect(
        Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
      if (isStopped) {
        return CompletableFuture.failedFuture(new ChatException(Code.UNREACHABLE, "stopped"));
      }
      return super.connect(login, resume, listener);
    }

    @Override
    public CompletableFuture<Void> shutDown(String reason) {
      throw new UnsupportedOperationException("the contract closes the hub itself");
    }

    @Override
    public void close() {
      shutDown("");
    }
  }

  void atTheEnd(Runnable closing) {
    closings.push(closing);
  }

  Recorder recorder() {
    Recorder recorder = new Recorder(Await.LIMIT);
    recorders.add(recorder);
    return recorder;
  }

  Participant join(UserName name) {
    return join(HubClient.join(hub, name.value()));
  }

  /** A client that leaves it to the test to say what was read. */
  Participant joinUnreading(UserName name) {
    return join(HubClient.join(hub, name.value()).readsByItself());
  }

  Participant join(HubClientBuilder builder) {
    Recorder heard = recorder();
    return new Participant(start(builder, heard), heard);
  }

  HubClient start(HubClientBuilder builder, ChatMessageListener listener) {
    HubClient client = start(builder.listener(listener));
    atTheEnd(client::close);
    return client;
  }

  private HubClient start(HubClientBuilder builder) {
    return isBehindABadNetwork() ? comeIn(builder) : builder.start();
  }

  /** Sooner or later. */
  private static HubClient comeIn(HubClientBuilder builder) {
    HubClient client = builder.open();
    try {
      Await.result(client.connected());
      return client;
    } catch (ChatException e) {
      client.close();
      throw e;
    }
  }

  /** The same device again, with nothing but its token. */
  Participant back(Participant gone) {
    return join(HubClient.join(hub, gone.client().token()));
  }

  Participant backUnreading(Participant gone) {
    return join(HubClient.join(hub, gone.client().token()).readsByItself());
  }

  /** Another device of the user. */
  Participant secondDevice(Participant user) {
    return join(secondDeviceOf(user));
  }

  HubClientBuilder secondDeviceOf(Participant user) {
    Token token = Token.random();
    Await.result(user.client().addDevice(token));
    return HubClient.join(hub, token);
  }

  RawSession raw(Login login) {
    RawSession raw = RawSession.connect(hub, login);
    atTheEnd(raw.session::close);
    return raw;
  }

  RawSession raw(UserName name) {
    return raw(new Login.NewUser(name, Token.random()));
  }

  /** Why nobody is let in like this; null when he is. */
  @Nullable
  Code refusal(Login login) {
    CompletableFuture<Session> answer = hub.connect(login, Map.of(), new RawSession());
    Code code = Await.code(answer);
    if (code == null) {
      answer.join().close();
    }
    return code;
  }

  /** Waits, and lets happen meanwhile what the hub has put off until now. */
  void awaitWithClock(String what, BooleanSupplier condition) {
    Await.until(
        what,
        () -> {
          clock.advance(Duration.ZERO);
          return condition.getAsBoolean();
        });
  }

  static void assertRefused(Code code, CompletableFuture<?> answer) {
    assertThat(Await.code(answer)).isEqualTo(code);
  }
}
