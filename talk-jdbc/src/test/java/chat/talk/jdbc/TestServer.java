package chat.talk.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/**
 * A database server of the tests' own, on a port of the loopback address, with little memory. What
 * is committed outlives its kill. It ends with this JVM at the latest.
 */
abstract class TestServer implements AutoCloseable {
  static final String USER = "talk";
  static final String PASSWORD = "secret";

  private static final List<String> TABLES =
      List.of(
          ("entries, logs, positions, users, tokens, chats, members, delivered, limit_windows,"
                  + " reached, invitations, links, join_requests, schedule, reports, files,"
                  + " registrations")
              .split(", "));

  /** MariaDB's and MySQL's. */
  private static final int NO_SUCH_THREAD = 1094;

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Below the ports that outgoing connections take, so that it's still free at a restart. */
  private static final int FIRST_PORT = 20_000;

  private static final int LAST_PORT = 32_000;

  final Path home;
  final int port = freePort();
  private final boolean isForced;
  private final Path log;
  private final Thread atExit = new Thread(this::end);
  private @Nullable ServerProcess process;
  private @Nullable Pool pool;

  /**
   * Starts one.
   *
   * @param from a resource out of what Maven has brought of it
   * @param isForced whether it waits until the disk has what is committed, as one in use has to:
   *     only the loss of power tells, and the tests of storages wait for little else
   */
  TestServer(String name, String from, boolean isForced) {
    this.isForced = isForced;
    try {
      home = Files.createTempDirectory("talk-" + name + "-");
      log = home.resolve("log");
      Runtime.getRuntime().addShutdownHook(atExit);
      settle(Binaries.archive(from));
      restart();
    } catch (IOException e) {
      throw new UncheckedIOException(failure(name + " can't be set up"), e);
    }
  }

  /** To make data takes longer than to start on it: the first one's are kept for those to come. */
  private void settle(String archive) throws IOException {
    Path kept = Binaries.kept(archive + "-home", this::keep);
    if (!Files.exists(home.resolve("data"))) {
      Binaries.copyAll(kept, home);
    }
  }

  private void keep(Path folder) throws IOException {
    prepare(log);
    Binaries.copyAll(home, folder);
  }

  /** Makes its data, in the folder {@code data} of its home. */
  abstract void prepare(Path log) throws IOException;

  /** Starts it on its data. */
  abstract List<String> command();

  /** Has it leave to the operating system when the disk gets what it has written. */
  abstract List<String> unforced();

  /** Without user and password. */
  abstract String url();

  String user() {
    return USER;
  }

  String password() {
    return PASSWORD;
  }

  final DatabaseBuilder database() {
    return Database.builder(url()).user(user()).password(password());
  }

  /** With SIGKILL: it has no chance to write anything more. */
  final synchronized void kill() {
    if (pool != null) {
      pool.close();
      pool = null;
    }
    if (process != null) {
      process.kill();
      process = null;
    }
  }

  /** Starts it if it is dead. */
  final synchronized void revive() {
    if (process == null) {
      restart();
    }
  }

  /** Starts it again after {@link #kill()}, and waits until it answers. */
  final synchronized void restart() {
    try {
      // MySQL's, which it minds when the number of the killed process is still taken.
      Files.deleteIfExists(home.resolve("socket.lock"));
      List<String> command = new ArrayList<>(command());
      command.addAll(isForced ? List.of() : unforced());
      ServerProcess started = ServerProcess.start(command, log);
      process = started;
      await(() -> failure(url() + " does not answer"), () -> !started.isAlive() || answers());
      if (!started.isAlive()) {
        throw new AssertionError(failure(url() + " has ended"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connections for the tests of storages, opened once: that takes longer than most tests. */
  final synchronized Pool pool() {
    if (pool == null) {
      database().open().close();
      pool = Pool.open(Dialect.of(url()), database());
    }
    return pool;
  }

  /** An empty storage. */
  final JdbcStorage emptyStorage() {
    pool().write(TestServer::deleteAll);
    return new JdbcStorage(pool());
  }

  /** Breaks the connections of {@link #pool()}, as the end of this process would. */
  final synchronized void breakPool() {
    if (pool != null) {
      breakConnections();
      pool.close();
      pool = null;
    }
  }

  private void breakConnections() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (long other : numbers(statement, otherConnections())) {
        breakConnection(statement, other);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** It may have ended meanwhile. */
  private void breakConnection(Statement statement, long number) throws SQLException {
    try {
      statement.execute(breaking(number));
    } catch (SQLException e) {
      if (e.getErrorCode() != NO_SUCH_THREAD) {
        throw e;
      }
    }
  }

  /** Asks for the numbers of all connections but the one that asks. */
  abstract String otherConnections();

  /** Ends a connection. */
  abstract String breaking(long connection);

  /** Deletes all rows of all tables, but for the record of migrations. */
  final void clean() {
    pool().write(TestServer::deleteAll);
  }

  static int deleteAll(Statements statements) throws SQLException {
    try (Statement statement = statements.connection().createStatement()) {
      for (String table : TABLES) {
        statement.addBatch("DELETE FROM " + table);
      }
      return statement.executeBatch().length;
    }
  }

  private static List<Long> numbers(Statement statement, String query) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        numbers.add(result.getLong(1));
      }
    }
    return numbers;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), user(), password());
  }

  private boolean answers() {
    try (Connection connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Ends it, and deletes its data. */
  @Override
  public final void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    end();
  }

  private synchronized void end() {
    kill();
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String failure(String what) {
    try {
      List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
      String end = String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
      return what + "; a library it lacks has to be installed. It said:\n" + end;
    } catch (IOException e) {
      return what + ", and its log can't be read: " + e.getMessage();
    }
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  static void await(String what, BooleanSupplier condition) {
    await(() -> what, condition);
  }

  private static void await(java.util.function.Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited " + LIMIT + " for: " + what.get());
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static int freePort() {
    for (int i = 0; i < 100; i++) {
      int port = RandomGenerator.getDefault().nextInt(FIRST_PORT, LAST_PORT);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException e) {
        // Taken: another one.
      }
    }
    throw new AssertionError("no free port");
  }
}
