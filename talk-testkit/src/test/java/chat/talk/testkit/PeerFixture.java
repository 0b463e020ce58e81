package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient;
import chat.talk.Claim;
import chat.talk.PeerBuilder;
import chat.talk.Transport;
import chat.talk.UserAddress;
import chat.talk.UserName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Peers over plug-ins that a test may spoil. */
@Timeout(60)
abstract class PeerFixture {
  static final UserName ALICE = UserName.of("alice");
  static final UserName BOB = UserName.of("bob");
  static final UserName CAROL = UserName.of("carol");
  static final String HOST = "127.0.0.1";

  final FailingRegistry registry = new FailingRegistry();
  final TrickyTransport transport = new TrickyTransport();
  final TrickyStorage storage = new TrickyStorage();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
    storage.close();
  }

  PeerBuilder peer(UserName name) {
    return ChatClient.peer(name.value()).registry(registry).transport(transport);
  }

  ChatClient start(PeerBuilder peer) {
    ChatClient client = peer.start();
    opened.push(client);
    return client;
  }

  Mailbox listBob() {
    Mailbox mailbox = new Mailbox();
    list(open(mailbox));
    return mailbox;
  }

  UserAddress open(Transport.Receiver receiver) {
    Transport.Endpoint endpoint = transport.real.open(HOST, 0, receiver);
    opened.push(endpoint);
    return endpoint.address();
  }

  void list(UserAddress bobs) {
    Await.result(registry.update(BOB, bobs, Claim.NONE));
  }

  @Nullable
  UserAddress addressOf(UserName user) {
    return Await.result(registry.users()).get(user);
  }

  static void awaitNoThreadOf(UserName user) {
    Await.until("the end of the threads of " + user, () -> threadsOf(user).isEmpty());
  }

  static List<Thread> threadsOf(UserName user) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("talk-" + user + "-"))
        .toList();
  }

  void assertPortIsFree(int port) {
    try (Transport.Endpoint endpoint = transport.real.open(HOST, port, new Mailbox())) {
      assertThat(endpoint.address().port()).isEqualTo(port);
    }
  }
}
