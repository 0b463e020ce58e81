package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a database is away. From when somebody has noticed it, a thread asks for the database
 * until it is back. Guarded by this.
 */
final class Absence implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Absence.class);
  private static final long PAUSE_MS = 200;

  private final BooleanSupplier isBack;
  private volatile @Nullable Instant since;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * A database that is there.
   *
   * @param isBack asks for it; may block for a while, and means no when it throws
   */
  Absence(BooleanSupplier isBack) {
    this.isBack = isBack;
  }

  /** Fails while it is away. */
  void require() {
    Instant away = since;
    if (away != null) {
      throw new ChatException(Code.STORAGE, "the database is away since " + away);
    }
  }

  synchronized void begin() {
    if (since == null && isOpen()) {
      Thread asker = new Thread(this::ask, "talk-database-asker");
      asker.setDaemon(true);
      asker.start();
      since = Instant.now();
      LOG.warn("The database is away");
    }
  }

  /** Pauses first: what fails although the database answers must not go round and round. */
  private void ask() {
    while (!pause() && !isBack()) {
      // Asks again.
    }
    end();
  }

  private boolean isBack() {
    try {
      return isBack.getAsBoolean();
    } catch (RuntimeException e) {
      LOG.debug("The database can't be asked for", e);
      return false;
    }
  }

  /** Returns true when there is nothing more to wait for. */
  private boolean pause() {
    try {
      return closed.await(PAUSE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private synchronized void end() {
    LOG.info("The database is back; it was away since {}", since);
    since = null;
    notifyAll();
  }

  /**
   * Waits until it is back.
   *
   * @param deadline by {@link System#nanoTime()}
   * @return whether it is
   */
  synchronized boolean awaitEnd(long deadline) {
    boolean interrupted = false;
    long left = deadline - System.nanoTime();
    while (since != null && left > 0 && isOpen() && !interrupted) {
      try {
        wait(left / 1_000_000 + 1);
      } catch (InterruptedException e) {
        interrupted = true;
        Thread.currentThread().interrupt();
      }
      left = deadline - System.nanoTime();
    }
    return since == null && isOpen();
  }

  @Override
  public synchronized void close() {
    closed.countDown();
    notifyAll();
  }

  private boolean isOpen() {
    return closed.getCount() > 0;
  }
}
