package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient;
import chat.talk.ChatException.Code;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Claim;
import chat.talk.Entry;
import chat.talk.Envelope;
import chat.talk.MessageId;
import chat.talk.Notice;
import chat.talk.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Ends that race with answers. */
final class PeerCloseTest extends PeerFixture {
  private static final int ROUNDS = 200;
  private static final int MESSAGES = 20;
  private static final Duration LONG = Duration.ofSeconds(15);

  /** Every message that was stored is told so, and those only. */
  @Test
  void senderThatClosesKnowsWhatWasStored() {
    ExecutorService answers = Executors.newFixedThreadPool(4);
    try {
      Mailbox bobs = new Mailbox(envelope -> CompletableFuture.runAsync(() -> {}, answers));
      list(open(bobs));
      for (int round = 0; round < ROUNDS; round++) {
        sendAndClose(round, bobs);
      }
    } finally {
      answers.shutdownNow();
    }
  }

  private void sendAndClose(int round, Mailbox bobs) {
    ChatClient alice = start(peer(ALICE).closeWithin(LONG));
    List<CompletableFuture<Entry>> handedOver = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      handedOver.add(alice.send(BOB, round + "-early-" + i));
    }
    CountDownLatch sending = new CountDownLatch(1);
    List<CompletableFuture<Entry>> racing = new ArrayList<>();
    CompletableFuture<Void> sender =
        Background.run(
            () -> {
              for (int i = 0; i < MESSAGES; i++) {
                racing.add(alice.send(BOB, round + "-late-" + i));
                sending.countDown();
              }
            });
    Await.latch("the first of the late messages", sending);
    alice.close();
    Await.result(sender);
    handedOver.forEach(Await::result);
    List<String> late = bobs.texts().stream().filter(t -> t.startsWith(round + "-late-")).toList();
    List<String> told = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      Code code = Await.code(racing.get(i));
      assertThat(code).isIn(null, Code.CLOSED);
      if (code == null) {
        told.add(round + "-late-" + i);
      }
    }
    assertThat(told).isEqualTo(late);
  }

  @Test
  void messageOnItsWayIntoASlowStorageIsAnsweredThoughTheReceiverCloses() {
    CountDownLatch inStorage = new CountDownLatch(1);
    storage.beforeAppend =
        () -> {
          inStorage.countDown();
          LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        };
    Recorder heard = new Recorder();
    ChatClient bob = start(peer(BOB).storage(storage).listener(heard));
    ChatClient alice = start(peer(ALICE));
    CompletableFuture<Entry> sent = alice.send(BOB, "one");
    Await.latch("a message to come to the storage", inStorage);
    bob.close();
    Await.result(sent);
    assertThat(heard.texts()).containsExactly("one");
    assertThat(alice.state()).isEqualTo(ChatClient.State.CONNECTED);
  }

  /** Whoever does not answer Bob takes nothing from the time that Bob's listener has. */
  @Test
  void acknowledgedMessagesAreHeardThoughAPeerIsSilent() {
    Await.result(registry.register(CAROL, open(Mailbox.silent()), Claim.NONE));
    Recorder heard = new Recorder();
    ChatClient bob =
        start(
            peer(BOB)
                .closeWithin(Duration.ofSeconds(3))
                .listener(
                    (me, message) -> {
                      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
                      heard.onMessage(me, message);
                    }));
    CompletableFuture<Entry> toCarol = bob.send(CAROL, "hello?");
    List<String> acknowledged = new ArrayList<>();
    try (Transport.Connection way = transport.real.connect(addressOf(BOB))) {
      CompletableFuture<Void> sending =
          Background.run(() -> sendUntilRefusedOrEnough(way, acknowledged));
      Await.until("the first batch", () -> heard.messages().size() > 50);
      bob.close();
      Await.result(sending);
    }
    assertThat(heard.texts()).containsAll(acknowledged);
    assertThat(Await.code(toCarol)).isEqualTo(Code.CLOSED);
  }

  /** Not so much that the listener would need all of the grace. */
  private static void sendUntilRefusedOrEnough(
      Transport.Connection way, List<String> acknowledged) {
    boolean refused = false;
    for (int round = 0; !refused && round < 8; round++) {
      List<Envelope> batch = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        batch.add(new Envelope(MessageId.random(), ALICE, BOB, round + "-" + i));
      }
      List<CompletableFuture<Void>> answers = batch.stream().map(way::deliver).toList();
      for (int i = 0; i < answers.size(); i++) {
        if (Await.failure(answers.get(i)) == null) {
          acknowledged.add(batch.get(i).text());
        } else {
          refused = true;
        }
      }
    }
  }

  @Test
  void listenerThatIgnoresTheInterruptHearsNothingAfterTheEnd() {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
    ChatClient bob =
        start(
            peer(BOB)
                .closeWithin(Duration.ofMillis(100))
                .listener(new Stubborn(heard, stuck, released)));
    ChatClient alice = start(peer(ALICE));
    for (int i = 0; i < 3; i++) {
      Await.result(alice.send(BOB, "text-" + i));
    }
    Await.latch("the first message", stuck);
    bob.close();
    assertThat(threadsOf(BOB)).anyMatch(thread -> thread.getName().contains("-listener"));
    released.countDown();
    awaitNoThreadOf(BOB);
    assertThat(heard).containsExactly("text-0");
  }

  /** A listener that does not care whether it is interrupted. */
  private record Stubborn(
      ConcurrentLinkedQueue<String> heard, CountDownLatch stuck, CountDownLatch released)
      implements ChatMessageListener {
    @Override
    public void onMessage(ChatClient me, ChatMessage message) {
      heard.add(message.text());
      stuck.countDown();
      while (released.getCount() > 0) {
        LockSupport.parkNanos(1_000_000);
        Thread.interrupted();
      }
    }

    @Override
    public void onNotice(ChatClient me, Notice notice) {
      heard.add(notice.toString());
    }
  }
}
