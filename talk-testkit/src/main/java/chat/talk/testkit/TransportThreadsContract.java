package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient;
import chat.talk.Transport;
import chat.talk.UserAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.junit.jupiter.api.Test;

/** The part of {@link TransportContract} about threads. */
abstract class TransportThreadsContract extends PeerClosingContract {
  /** Pools keep idle threads for some seconds: time for all of them to end. */
  private static final Duration ALL_ENDED = Duration.ofSeconds(15);

  protected abstract boolean isSharedThread(Thread thread);

  @Test
  void threadsAreDaemonsAndNoneIsLeft() {
    Set<Thread> before = liveThreads();
    chat();
    Await.until(ALL_ENDED, () -> "the end of " + since(before), () -> since(before).isEmpty());
  }

  @Test
  void connectsThatFailLeaveNoThread() {
    Set<Thread> before = liveThreads();
    for (int i = 0; i < 3; i++) {
      UserAddress nobody = deserted();
      try (Transport.Connection connection = transport.connect(nobody)) {
        assertThat(Await.failure(connection.deliver(envelope("hello?")))).isNotNull();
      }
    }
    Await.until(ALL_ENDED, () -> "the end of " + since(before), () -> since(before).isEmpty());
  }

  private void chat() {
    Recorder alices = recorder();
    Recorder bobs = recorder();
    Set<Thread> before = liveThreads();
    try (ChatClient alice = peer(ALICE).listener(alices).start();
        ChatClient bob = peer(BOB).listener(bobs).start()) {
      sendAll(alice, BOB, numbered("alice", 20)).forEach(Await::result);
      sendAll(bob, ALICE, numbered("bob", 20)).forEach(Await::result);
      assertThat(since(before)).allMatch(Thread::isDaemon);
    }
    assertThat(bobs.texts()).isEqualTo(numbered("alice", 20));
    assertThat(alices.texts()).isEqualTo(numbered("bob", 20));
  }

  private List<Thread> since(Set<Thread> before) {
    return liveThreads().stream()
        .filter(thread -> !before.contains(thread))
        .filter(thread -> !isOfTheJvm(thread) && !isSharedThread(thread))
        .toList();
  }

  private static Set<Thread> liveThreads() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }

  /** The JVM's own: reference handlers and cleaners, the common pool and its timer. */
  private static boolean isOfTheJvm(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    boolean isCommon =
        thread instanceof ForkJoinWorkerThread worker
            && worker.getPool() == ForkJoinPool.commonPool();
    return isCommon
        || group == null
        || group.getParent() == null
        || group.getName().equals("InnocuousThreadGroup")
        || thread.getName().equals("CompletableFutureDelayScheduler");
  }
}
