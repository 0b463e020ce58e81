package chat.talk.testkit;

import chat.talk.ChatClient;
import chat.talk.Claim;
import chat.talk.Envelope;
import chat.talk.MessageId;
import chat.talk.Peer;
import chat.talk.PeerBuilder;
import chat.talk.Registry;
import chat.talk.Transport;
import chat.talk.UserAddress;
import chat.talk.UserName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What the tests of {@link TransportContract} are written with. */
@Timeout(60)
abstract class TransportFixture {
  static final String HOST = "127.0.0.1";
  static final UserName ALICE = UserName.of("alice");
  static final UserName BOB = UserName.of("bob");
  static final UserName CAROL = UserName.of("carol");

  final Registry registry = Registry.inMemory();
  Transport transport;

  private final Deque<Runnable> closings = new ArrayDeque<>();
  private final List<StuckListener> stuck = new ArrayList<>();
  private final List<Recorder> recorders = new ArrayList<>();

  abstract Transport makeTransport();

  protected abstract void close();

  @BeforeEach
  void prepare() {
    transport = makeTransport();
  }

  @AfterEach
  void closeAllAndCheckTheRecorders() {
    stuck.forEach(StuckListener::release);
    while (!closings.isEmpty()) {
      closings.pop().run();
    }
    close();
    recorders.forEach(Recorder::assertWellBehaved);
  }

  PeerBuilder peer(UserName name) {
    return ChatClient.peer(name.value()).registry(registry).transport(transport);
  }

  ChatClient start(PeerBuilder peer) {
    return startPeer(peer);
  }

  Peer startPeer(PeerBuilder peer) {
    Peer client = peer.start();
    closings.push(client::close);
    return client;
  }

  ChatClient start(UserName name) {
    return start(peer(name));
  }

  /** A recorder of which is checked at the end that it was called one at a time. */
  Recorder recorder() {
    Recorder recorder = new Recorder(Await.LIMIT);
    recorders.add(recorder);
    return recorder;
  }

  StuckListener stuck(Recorder then) {
    StuckListener listener = new StuckListener(then);
    stuck.add(listener);
    return listener;
  }

  Transport.Endpoint open(Transport.Receiver receiver) {
    return open(0, receiver);
  }

  Transport.Endpoint open(int port, Transport.Receiver receiver) {
    Transport.Endpoint endpoint = transport.open(HOST, port, receiver);
    closings.push(endpoint::close);
    return endpoint;
  }

  Transport.Connection connect(Transport.Endpoint endpoint) {
    return connect(endpoint.address());
  }

  Transport.Connection connect(UserAddress address) {
    Transport.Connection connection = transport.connect(address);
    closings.push(connection::close);
    return connection;
  }

  /** An address at which somebody has listened, and nobody does now. */
  UserAddress deserted() {
    try (Transport.Endpoint endpoint = transport.open(HOST, 0, new Mailbox())) {
      return endpoint.address();
    }
  }

  /** Says where a user lives, whether he does or not. */
  void list(UserName user, UserAddress address) {
    Await.result(registry.update(user, address, Claim.NONE));
  }

  UserAddress addressOf(UserName user) {
    return Await.result(registry.users()).get(user);
  }

  static Envelope envelope(String text) {
    return new Envelope(MessageId.random(), ALICE, BOB, text);
  }

  static List<String> numbered(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
  }

  static <T> List<CompletableFuture<T>> all(List<CompletableFuture<T>> futures) {
    futures.forEach(Await::failure);
    return futures;
  }
}
