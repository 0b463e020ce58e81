package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.room.HubStorage.Change;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of connections, and of those who wait for a commit, when something fails badly. */
final class PoolTroubleTest {
  @TempDir private Path folder;
  private Pool pool;
  private Commits commits;

  @BeforeEach
  void open() {
    String file = folder.resolve("talk.db").toString();
    Database.open(file).close();
    pool = Pool.open(Dialect.of(file), Database.builder(file).readers(1));
    commits = new Commits(pool, new Logs());
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void errorInACommitEndsAllThatWereInItsGroup() throws Exception {
    CompletableFuture<Throwable> bad = new CompletableFuture<>();
    CompletableFuture<Throwable> good = new CompletableFuture<>();
    commits.meanwhileNone(
        () -> {
          awaitQueue(commitLater(new Unreadable(), bad));
          awaitQueue(commitLater(List.of(new Change.Append(message("good"))), good));
          return null;
        });
    assertThat(bad.get(20, TimeUnit.SECONDS)).isInstanceOf(OutOfMemoryError.class);
    assertThat(good.get(20, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(Code.TIMED_OUT));
    assertThat(commits.commit(List.of(new Change.Append(message("good"))))).hasSize(1);
  }

  private Thread commitLater(List<? extends Change> changes, CompletableFuture<Throwable> outcome) {
    Thread thread =
        new Thread(() -> outcome.complete(catchThrowable(() -> commits.commit(changes))));
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void awaitQueue(Thread thread) {
    TestServer.await("a commit waits", () -> thread.getState() == Thread.State.WAITING);
  }

  private static ChatMessage message(String id) {
    return new ChatMessage(
        ChatId.of("chat"), MessageId.of(id), UserName.of("alice"), id, Instant.EPOCH);
  }

  /** As if there were no memory for it. */
  private static final class Unreadable extends AbstractList<Change> {
    @Override
    public Change get(int index) {
      throw new OutOfMemoryError("a test's");
    }

    @Override
    public int size() {
      return 1;
    }
  }

  @Test
  void readerThatHasFailedInAnyWayIsNotUsedAgain() {
    Connection first = pool.read(Statements::connection);
    assertThat(pool.read(Statements::connection)).isSameAs(first);
    assertThatThrownBy(() -> pool.read(statements -> fail(new OutOfMemoryError("a test's"))))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(pool.read(Statements::connection)).isNotSameAs(first);
  }

  @Test
  void writerThatHasFailedInAnUnknownWayIsNotUsedAgain() {
    Connection first = pool.write(Statements::connection);
    assertThat(pool.write(Statements::connection)).isSameAs(first);
    assertThatThrownBy(() -> pool.write(statements -> fail(new IllegalStateException("a test's"))))
        .isInstanceOf(IllegalStateException.class);
    Connection second = pool.write(Statements::connection);
    assertThat(second).isNotSameAs(first);
    assertThatThrownBy(() -> pool.write(statements -> statements.update("nonsense", to -> {})))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(Code.STORAGE));
    assertThat(pool.write(Statements::connection)).isNotSameAs(second);
  }

  @Test
  void writerThatClosesLeavesItsConnectionToThePool() throws SQLException {
    HikariDataSource connections = (HikariDataSource) pool.dataSource();
    Prepared prepared = new Prepared(pool.dialect());
    Connection used;
    try (Absence absence = new Absence(() -> true);
        Writer writer =
            new Writer(
                pool.dialect(), pool.guard(), connections, prepared, absence, Duration.ZERO)) {
      used = unwrapped(writer.write(Statements::connection));
    }
    try (Connection next = connections.getConnection()) {
      assertThat(unwrapped(next)).isSameAs(used);
    }
  }

  private static Connection unwrapped(Connection connection) throws SQLException {
    return connection.unwrap(Connection.class);
  }

  private static int fail(Throwable failure) {
    if (failure instanceof Error e) {
      throw e;
    }
    throw (RuntimeException) failure;
  }

  @Test
  void askerOutlivesAFailureOfAsking() {
    boolean[] asked = new boolean[1];
    try (Absence absence =
        new Absence(
            () -> {
              if (!asked[0]) {
                asked[0] = true;
                throw new IllegalStateException("a test's");
              }
              return true;
            })) {
      absence.begin();
      assertThat(absence.awaitEnd(System.nanoTime() + TimeUnit.SECONDS.toNanos(20))).isTrue();
      absence.require();
    }
  }

  @Test
  void poolIsClosedOnce() {
    pool.close();
    pool.close();
    assertThatThrownBy(() -> pool.write(Statements::connection))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(Code.CLOSED));
  }
}
