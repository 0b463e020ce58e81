package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.jdbc.Wal.State;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** When a log of commits is moved, and what becomes of failures. */
@Timeout(60)
final class CheckpointsTest {
  private static final long DUE = Checkpoints.DUE;

  private final ScriptedWal wal = new ScriptedWal();
  private final List<SQLException> failures = new ArrayList<>();
  private final Checkpoints checkpoints =
      Checkpoints.start("talk.db", wal, wal::quietly, failures::add);

  @AfterEach
  void close() {
    checkpoints.close(false);
  }

  /** A log that says what it is told to, and notes what is done with it. */
  private static final class ScriptedWal implements Wal {
    private final Queue<Object> script = new ArrayDeque<>();
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
    private volatile boolean isQuiet;

    synchronized ScriptedWal then(Object... next) {
      script.addAll(List.of(next));
      return this;
    }

    void quietly(Runnable work) {
      isQuiet = true;
      work.run();
      isQuiet = false;
    }

    private State next(String what) throws SQLException {
      Object next = take();
      done.add(isQuiet ? "quietly " + what : what);
      if (next instanceof SQLException e) {
        throw e;
      }
      return (State) next;
    }

    private synchronized Object take() {
      Object next = script.poll();
      return next == null ? new State(false, 0, 0) : next;
    }

    @Override
    public State state() throws SQLException {
      return next("look");
    }

    @Override
    public State move() throws SQLException {
      return next("move");
    }

    @Override
    public State beginAnew() throws SQLException {
      return next("begin anew");
    }

    @Override
    public State empty() throws SQLException {
      return next("empty");
    }

    @Override
    public void keep() throws SQLException {
      next("keep");
    }

    @Override
    public void close() {
      done.add("close");
    }

    /** The next things that are done. */
    List<String> done(int count) throws InterruptedException {
      List<String> first = new ArrayList<>();
      while (first.size() < count) {
        first.add(String.valueOf(done.poll(30, TimeUnit.SECONDS)));
      }
      return first;
    }
  }

  private static State moved(long pages) {
    return new State(false, pages, pages);
  }

  private static State unmoved(long pages) {
    return new State(false, pages, 0);
  }

  private static SQLException failure(SQLiteErrorCode code) {
    return new SQLiteException("It has failed", code);
  }

  @Test
  void nobodyLooksUntilThereIsACommit() {
    checkpoints.close(false);
    assertThat(wal.done).containsExactly("close");
  }

  @Test
  void aShortLogIsLeftAlone() throws InterruptedException {
    wal.then(unmoved(DUE - 1), unmoved(DUE - 1));
    checkpoints.committed();
    assertThat(wal.done(1)).containsExactly("look");
    checkpoints.committed();
    assertThat(wal.done(1)).containsExactly("look");
  }

  @Test
  void onlyTheLastFewPagesAreMovedWhileNothingIsCommitted() throws InterruptedException {
    wal.then(unmoved(DUE), moved(DUE), moved(DUE + 200), moved(DUE + 210), moved(DUE + 215));
    checkpoints.committed();
    assertThat(wal.done(5)).containsExactly("look", "move", "move", "move", "quietly move");
  }

  @Test
  void commitsThatOutrunTheMovesAreHeldUpOnceInTheEnd() throws InterruptedException {
    wal.then(unmoved(DUE));
    for (int i = 1; i <= 6; i++) {
      wal.then(moved(DUE + 1_000L * i));
    }
    checkpoints.committed();
    assertThat(wal.done(7))
        .containsExactly("look", "move", "move", "move", "move", "move", "quietly move");
  }

  @Test
  void whoReadsIsGivenAMomentOnlyWhenTheLogIsLongAndMoved() throws InterruptedException {
    long many = Checkpoints.MANY;
    wal.then(unmoved(many), moved(many), moved(many), moved(many), moved(many));
    checkpoints.committed();
    assertThat(wal.done(5))
        .containsExactly("look", "move", "move", "quietly move", "quietly begin anew");
    State held = new State(false, 2 * many, many);
    wal.then(held, held, held, held);
    checkpoints.committed();
    assertThat(wal.done(4)).containsExactly("look", "move", "move", "quietly move");
  }

  @Test
  void aLogThatSomebodyReadsIsTriedAgainWhenItHasGrown() throws InterruptedException {
    State held = new State(false, DUE, 0);
    wal.then(held, held, held, held);
    checkpoints.committed();
    assertThat(wal.done(4)).containsExactly("look", "move", "move", "quietly move");
    wal.then(unmoved(DUE + Checkpoints.STEP - 1));
    checkpoints.committed();
    assertThat(wal.done(1)).containsExactly("look");
    wal.then(unmoved(DUE + Checkpoints.STEP));
    checkpoints.committed();
    assertThat(wal.done(2)).containsExactly("look", "move");
  }

  @Test
  void aFailureIsToldAndTriedAgainWithoutACommit() throws InterruptedException {
    SQLException full = failure(SQLiteErrorCode.SQLITE_FULL);
    wal.then(unmoved(DUE), full, unmoved(DUE), moved(DUE), moved(DUE), moved(DUE));
    checkpoints.committed();
    assertThat(wal.done(7))
        .containsExactly("look", "move", "close", "look", "move", "move", "quietly move");
    assertThat(failures).containsExactly(full);
  }

  @Test
  void afterAFailedSyncTheLogIsKeptAndNothingIsMovedAnyMore() throws InterruptedException {
    wal.then(unmoved(DUE), moved(DUE), failure(SQLiteErrorCode.SQLITE_IOERR_FSYNC));
    wal.then(failure(SQLiteErrorCode.SQLITE_CANTOPEN));
    checkpoints.committed();
    assertThat(wal.done(8))
        .containsExactly("look", "move", "move", "close", "keep", "close", "keep", "close");
    checkpoints.committed();
    assertThat(checkpoints.close(true)).isFalse();
    assertThat(wal.done).isEmpty();
  }

  @Test
  void closingMovesAllIfAsked() throws InterruptedException {
    checkpoints.committed();
    assertThat(wal.done(1)).containsExactly("look");
    assertThat(checkpoints.close(true)).isTrue();
    assertThat(wal.done(2)).containsExactly("empty", "close");
  }
}
