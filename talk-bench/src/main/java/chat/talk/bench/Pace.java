package chat.talk.bench;

import java.util.function.LongConsumer;

/**
 * Says when each of a number of things is due that are to happen at a fixed rate, however late they
 * really happen: who measures from then on does not leave out what a stall has kept waiting.
 */
final class Pace implements Runnable {
  private final double nanosEach;
  private final LongConsumer task;
  private final long begin;
  private long done;

  /**
   * A pace that begins now.
   *
   * @param now of {@link System#nanoTime}
   * @param task gets the time at which it should have happened
   */
  Pace(double perSecond, long now, LongConsumer task) {
    this.nanosEach = 1e9 / perSecond;
    this.begin = now;
    this.task = task;
  }

  /** When the next one is due. */
  long due() {
    return begin + (long) (done * nanosEach);
  }

  @Override
  public void run() {
    catchUp(System.nanoTime());
  }

  /** Does all that is due. */
  void catchUp(long now) {
    while (due() - now <= 0) {
      long due = due();
      done++;
      task.accept(due);
    }
  }
}
