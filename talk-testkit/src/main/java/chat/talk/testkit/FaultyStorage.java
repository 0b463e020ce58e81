package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.UserName;
import chat.talk.room.HubStorage;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A storage that fails when it is told to, and counts its calls. Everything else it leaves to
 * another one.
 *
 * <p>Writes are {@link #commit}, {@link #append} and {@link #savePosition}; all other calls but
 * {@link #usage} and {@link #close} are reads. May be used by any threads; of calls at the same
 * time, each takes one of the failures that are still due.
 */
public final class FaultyStorage extends ForwardingHubStorage {
  /** As a number of failures: all calls, until {@link #mend}. */
  public static final int ALL = Integer.MAX_VALUE;

  private final HubStorage storage;

  /** Guarded by this, as what follows. */
  private int refusedWrites;

  private int lostAnswers;
  private int refusedReads;
  private boolean holdsWrites;
  private boolean holdsReads;
  private long writes;
  private long reads;

  /**
   * Fails instead of a storage, at first never.
   *
   * @param storage what answers otherwise; {@link #close} closes it
   */
  public FaultyStorage(HubStorage storage) {
    this.storage = Objects.requireNonNull(storage, "storage");
  }

  /**
   * Lets the next writes fail with {@link Code#STORAGE} and change nothing.
   *
   * @param count how many, or {@link #ALL}
   */
  public synchronized void refuseWrites(int count) {
    refusedWrites = count;
  }

  /**
   * Lets the next writes be made and then fail with {@link Code#TIMED_OUT}, as when a connection
   * breaks before the answer; writes that are refused don't count.
   *
   * @param count how many, or {@link #ALL}
   */
  public synchronized void loseAnswers(int count) {
    lostAnswers = count;
  }

  /**
   * Lets the next reads fail with {@link Code#STORAGE}.
   *
   * @param count how many, or {@link #ALL}
   */
  public synchronized void refuseReads(int count) {
    refusedReads = count;
  }

  /**
   * Lets all writes wait until {@link #mend}, as when the other side has gone silent; then they are
   * made.
   */
  public synchronized void holdWrites() {
    holdsWrites = true;
  }

  /** The same for all reads. */
  public synchronized void holdReads() {
    holdsReads = true;
  }

  /** Lets nothing fail or wait from now on. */
  public synchronized void mend() {
    holdsWrites = false;
    holdsReads = false;
    notifyAll();
    refusedWrites = 0;
    lostAnswers = 0;
    refusedReads = 0;
  }

  /**
   * How often something was to be written.
   *
   * @return the number of calls so far, with those that failed
   */
  public synchronized long writes() {
    return writes;
  }

  /**
   * How often something was to be read.
   *
   * @return the number of calls so far, with those that failed
   */
  public synchronized long reads() {
    return reads;
  }

  private <T> T write(Supplier<T> call) {
    boolean isLost = beginWrite();
    T answer = call.get();
    if (isLost) {
      throw new ChatException(Code.TIMED_OUT, "the storage's answer was lost");
    }
    return answer;
  }

  /** Whether the answer will be lost. */
  private synchronized boolean beginWrite() {
    writes++;
    awaitRelease(() -> !holdsWrites);
    if (refusedWrites > 0) {
      refusedWrites -= refusedWrites == ALL ? 0 : 1;
      throw refusal();
    }
    boolean isLost = lostAnswers > 0;
    lostAnswers -= isLost && lostAnswers != ALL ? 1 : 0;
    return isLost;
  }

  /** Must be called with the lock. */
  private void awaitRelease(BooleanSupplier released) {
    try {
      while (!released.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refusal();
    }
  }

  /** For what is read. */
  @Override
  protected synchronized HubStorage kept() {
    reads++;
    awaitRelease(() -> !holdsReads);
    if (refusedReads > 0) {
      refusedReads -= refusedReads == ALL ? 0 : 1;
      throw refusal();
    }
    return storage;
  }

  private static ChatException refusal() {
    return new ChatException(Code.STORAGE, "the storage was told to fail");
  }

  @Override
  public List<Appended> commit(List<? extends Change> changes) {
    return write(() -> storage.commit(changes));
  }

  @Override
  public List<Entry> append(List<? extends Event> group) {
    return write(() -> storage.append(group));
  }

  @Override
  public void savePosition(UserName reader, ChatId chat, Cursor position) {
    write(
        () -> {
          storage.savePosition(reader, chat, position);
          return true;
        });
  }

  @Override
  public Usage usage() {
    return storage.usage();
  }

  @Override
  public void close() {
    storage.close();
  }
}
