package chat.talk.room;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * One piece of work that an executor does turn by turn, one turn at a time: at least one turn
 * begins after each {@link #wake()}.
 */
final class TurnTask implements Runnable {
  private static final System.Logger LOG = System.getLogger(TurnTask.class.getName());

  private static final int IDLE = 0;
  private static final int QUEUED = 1;
  private static final int RUNNING = 2;
  private static final int RUNNING_AND_AWAKE = 3;

  private final Executor executor;
  private final BooleanSupplier turn;
  private final AtomicInteger state = new AtomicInteger(IDLE);

  /**
   * Some work.
   *
   * @param turn does a bounded part of it; says whether there is more to do at once
   */
  TurnTask(Executor executor, BooleanSupplier turn) {
    this.executor = executor;
    this.turn = turn;
  }

  /** There may be something to do. Never waits. */
  void wake() {
    while (true) {
      int now = state.get();
      if (now == QUEUED || now == RUNNING_AND_AWAKE) {
        return;
      }
      if (state.compareAndSet(now, now == IDLE ? QUEUED : RUNNING_AND_AWAKE)) {
        if (now == IDLE) {
          queue();
        }
        return;
      }
    }
  }

  @Override
  public void run() {
    state.set(RUNNING);
    boolean more = false;
    try {
      more = turn.getAsBoolean();
    } finally {
      rest(more);
    }
  }

  private void rest(boolean more) {
    if (more || !state.compareAndSet(RUNNING, IDLE)) {
      state.set(QUEUED);
      queue();
    }
  }

  private void queue() {
    try {
      executor.execute(this);
    } catch (RejectedExecutionException e) {
      state.set(IDLE);
      LOG.log(Level.WARNING, "The executor of a client takes nothing any more", e);
    }
  }
}
