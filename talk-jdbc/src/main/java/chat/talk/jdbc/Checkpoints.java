package chat.talk.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Moves commits from SQLite's {@code -wal} into the file, on a thread of its own beside further
 * commits, so that nobody waits for it. Only the last few pages are moved while nothing is
 * committed: SQLite writes over the log from its beginning once all of it is moved, and under load
 * there would else never be such a moment.
 *
 * <p>What fails is logged and tried again; commits stay in the log meanwhile.
 */
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  /** Pages of 4 KiB in the log from which on they are moved. */
  static final int DUE = 2_000;

  /** After a try that has left some, the log has to grow by so many for the next one. */
  static final int STEP = 500;

  /** From so many on, nothing is committed for a moment in which readers may get out of the way. */
  static final int MANY = 8_192;

  /** So few are moved while nothing is committed. */
  private static final int FEW = 64;

  /** How often the rest is tried to be made that small. */
  private static final int PASSES = 5;

  /** Between two looks, while there are commits. */
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** After a failure. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** How long closing waits. */
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final String name;
  private final Wal wal;
  private final Consumer<Runnable> quietly;
  private final Consumer<SQLException> failed;
  private final Thread thread = new Thread(this::run, "talk-database-checkpoints");
  private final CountDownLatch ended = new CountDownLatch(1);

  private volatile boolean isDirty;
  private volatile boolean isWaiting;
  private volatile boolean isClosed;
  private volatile boolean isToBeEmptied;

  /** How many pages the last try left in the log. Of the thread, as is what follows. */
  private long left;

  private boolean hasFailed;
  private boolean isToBeKept;
  private volatile boolean isKept;

  private Checkpoints(
      String name, Wal wal, Consumer<Runnable> quietly, Consumer<SQLException> failed) {
    this.name = name;
    this.wal = wal;
    this.quietly = quietly;
    this.failed = failed;
    thread.setDaemon(true);
  }

  /**
   * Begins.
   *
   * @param name what people call the database
   * @param wal its log; used by one thread, and closed
   * @param quietly runs something while nothing is committed
   * @param failed told of each failure
   */
  static Checkpoints start(
      String name, Wal wal, Consumer<Runnable> quietly, Consumer<SQLException> failed) {
    Checkpoints checkpoints = new Checkpoints(name, wal, quietly, failed);
    checkpoints.thread.start();
    return checkpoints;
  }

  /** Something was committed. Cheap. */
  void committed() {
    isDirty = true;
    if (isWaiting) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    try {
      while (awaitCommit()) {
        step(this::moveIfDue);
        LockSupport.parkNanos((hasFailed ? RETRY : PAUSE).toNanos());
      }
      if (isToBeEmptied && !isToBeKept) {
        step(wal::empty);
      }
    } finally {
      wal.close();
      ended.countDown();
    }
  }

  /** Returns whether there is anything more to do than to end. */
  private boolean awaitCommit() {
    isWaiting = true;
    while (!isDirty && !hasFailed && !isClosed && !isKept) {
      LockSupport.park(this);
    }
    isWaiting = false;
    isDirty = false;
    return !isClosed && !isKept;
  }

  /** Something to do with the log. */
  private interface Step {
    Object run() throws SQLException;
  }

  private void step(Step step) {
    try {
      if (isToBeKept) {
        keep();
      } else {
        step.run();
        recovered();
      }
    } catch (SQLException e) {
      wal.close();
      tell(e);
    }
  }

  private void recovered() {
    if (hasFailed) {
      hasFailed = false;
      LOG.info("{}: its -wal is looked after again", name);
    }
  }

  private void tell(SQLException e) {
    if (!hasFailed) {
      hasFailed = true;
      LOG.warn("{}: its -wal can't be moved into the file, and grows until it can", name, e);
    }
    isToBeKept |= isFailedSync(e);
    failed.accept(e);
  }

  /**
   * The system may have given up pages that were written before, says so once, and would call the
   * next sync a success: they must not go from the log.
   */
  private static boolean isFailedSync(SQLException e) {
    return e instanceof SQLiteException exact
        && exact.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_FSYNC;
  }

  private void keep() throws SQLException {
    if (!isKept) {
      wal.keep();
      isKept = true;
      LOG.error("{}: a sync has failed; its -wal grows until this program is restarted", name);
    }
  }

  private Object moveIfDue() throws SQLException {
    Wal.State state = wal.state();
    left = Math.min(left, state.pages());
    if (state.pages() >= Math.max(DUE, left + STEP)) {
      moveMost();
      left = moveRest().pages();
    }
    return state;
  }

  /** Until few are committed meanwhile. */
  private void moveMost() throws SQLException {
    long before = 0;
    long pages = wal.move().pages();
    for (int pass = 1; pass < PASSES && pages - before > FEW && !isClosed; pass++) {
      before = pages;
      pages = wal.move().pages();
    }
  }

  private Wal.State moveRest() throws SQLException {
    Rest rest = new Rest();
    quietly.accept(rest);
    return rest.outcome();
  }

  /** What is done while nothing is committed. */
  private final class Rest implements Runnable {
    private Wal.State state = new Wal.State(true, 0, 0);
    private @Nullable SQLException failure;

    @Override
    public void run() {
      try {
        state = wal.move();
        if (state.isAllMoved() && state.pages() >= MANY) {
          wal.beginAnew();
        }
      } catch (SQLException e) {
        failure = e;
      }
    }

    Wal.State outcome() throws SQLException {
      if (failure != null) {
        throw failure;
      }
      return state;
    }
  }

  /**
   * Ends. What is under way is waited for, but not for ever.
   *
   * @param toBeEmptied whether all is to be moved first
   * @return whether nothing here has the database open any more
   */
  boolean close(boolean toBeEmptied) {
    isToBeEmptied = toBeEmptied;
    isClosed = true;
    LockSupport.unpark(thread);
    boolean hasEnded = hasEnded();
    if (!hasEnded) {
      LOG.warn("{}: its -wal is still being moved into the file", name);
    }
    return hasEnded && !isKept;
  }

  private boolean hasEnded() {
    try {
      return ended.await(CLOSING.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
