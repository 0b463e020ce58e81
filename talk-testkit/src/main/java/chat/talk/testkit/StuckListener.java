package chat.talk.testkit;

import chat.talk.ChatClient;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import java.util.concurrent.CountDownLatch;

/**
 * A listener that does not return from its first message until it is released, or interrupted, as a
 * client that closes does. Methods may be called by any thread.
 */
public final class StuckListener implements ChatMessageListener {
  private final ChatMessageListener then;
  private final CountDownLatch stuck = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);

  /** A listener that drops what it gets. */
  public StuckListener() {
    this((me, message) -> {});
  }

  /**
   * A listener that hands on what it gets, once it is released.
   *
   * @param then gets every message, unless the wait was interrupted
   */
  public StuckListener(ChatMessageListener then) {
    this.then = then;
  }

  @Override
  public void onMessage(ChatClient me, ChatMessage message) {
    stuck.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      interrupted.countDown();
      return;
    }
    then.onMessage(me, message);
  }

  /** Lets it go on, and never blocks it again. */
  public void release() {
    released.countDown();
  }

  /** Waits until it has got a message, 20 seconds at most; fails after that. */
  public void awaitStuck() {
    Await.latch("a message for the stuck listener", stuck);
  }

  /** Waits until somebody has interrupted it, 20 seconds at most; fails after that. */
  public void awaitInterrupted() {
    Await.latch("an interrupt of the stuck listener", interrupted);
  }
}
