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
 * A database server of the tests' own, on a port of the loopback address: with little memory, but
 * as durable as one in use has to be. It ends with this JVM at the latest.
 */
abstract class TestServer implements AutoCloseable {
  static final String USER = "talk";
  static final String PASSWORD = "secret";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Below the ports that outgoing connections take, so that it's still free at a restart. */
  private static final int FIRST_PORT = 20_000;

  private static final int LAST_PORT = 32_000;

  final Path home;
  final int port = freePort();
  private final Path log;
  private final Thread atExit = new Thread(this::end);
  private @Nullable ServerProcess process;

  TestServer(String name) {
    try {
      home = Files.createTempDirectory("talk-" + name + "-");
      log = home.resolve("log");
      Runtime.getRuntime().addShutdownHook(atExit);
      prepare(log);
      restart();
    } catch (IOException e) {
      throw new UncheckedIOException(failure(name + " can't be set up"), e);
    }
  }

  /** Makes its data. */
  abstract void prepare(Path log) throws IOException;

  /** Starts it on its data. */
  abstract List<String> command();

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
    if (process != null) {
      process.kill();
      process = null;
    }
  }

  /** Starts it again after {@link #kill()}, and waits until it answers. */
  final synchronized void restart() {
    try {
      ServerProcess started = ServerProcess.start(command(), log);
      process = started;
      await(() -> failure(url() + " does not answer"), () -> !started.isAlive() || answers());
      if (!started.isAlive()) {
        throw new AssertionError(failure(url() + " has ended"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes all rows of all tables, but for the record of migrations. */
  final void clean() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String table : tables(statement)) {
        statement.addBatch("DELETE FROM " + table);
      }
      statement.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet result =
        statement.executeQuery(
            "SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND"
                + " table_schema IN ('talk', 'public') AND table_name NOT LIKE 'flyway%'")) {
      while (result.next()) {
        tables.add(result.getString(1));
      }
    }
    return tables;
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

  private void end() {
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
