package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.jdbc.Dialect.Trouble;
import chat.talk.jdbc.Statements.Binder;
import chat.talk.jdbc.Statements.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.LockingMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/**
 * The one connection to a SQLite file that is made or read as a whole. What goes wrong is a {@link
 * ChatException} that names the file.
 */
final class SoleConnection implements Side, AutoCloseable {
  /** In KiB, and negative, as SQLite wants it. */
  private static final int CACHE = -16_384;

  private static final int NO_TIME = 0;

  private final Path file;
  private final Dialect dialect;
  private final Connection connection;
  private final Statements statements;

  private SoleConnection(Path file, SQLiteConfig config) {
    this.file = file;
    this.dialect = new Sqlite(url(file));
    this.connection = run(() -> config.createConnection(url(file)));
    this.statements = new Statements(connection, dialect);
  }

  /** Makes the tables of a new file, or brings those of an old one up to date. */
  static void makeTables(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.MEMORY);
    config.setSynchronous(SynchronousMode.OFF);
    config.setApplicationId(SqliteFile.APPLICATION);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url(file));
    Schema.migrate(new Sqlite(url(file)), source);
  }

  /**
   * Opens a file that is thrown away unless all goes well: it is of no use before {@link #commit()}
   * and {@link #close()}. Nobody else can open it meanwhile.
   */
  static SoleConnection toFill(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.OFF);
    config.setSynchronous(SynchronousMode.OFF);
    config.setLockingMode(LockingMode.EXCLUSIVE);
    config.setCacheSize(CACHE);
    return begun(new SoleConnection(file, config));
  }

  /** Opens a file that somebody else may have written, to be read as it is now. */
  static SoleConnection toRead(Path file) {
    requireFile(file);
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    SoleConnection opened = new SoleConnection(file, config);
    opened.execute("PRAGMA trusted_schema = OFF");
    opened.execute("PRAGMA cell_size_check = ON");
    return begun(opened);
  }

  /**
   * Opens a file that nobody else has open, without a log beside it.
   *
   * @throws ChatException with STORAGE when somebody has
   */
  static SoleConnection alone(Path file) {
    requireFile(file);
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(NO_TIME);
    config.setLockingMode(LockingMode.EXCLUSIVE);
    SoleConnection opened = new SoleConnection(file, config);
    try {
      opened.execute("PRAGMA journal_mode = DELETE");
      opened.execute("BEGIN EXCLUSIVE");
      opened.execute("COMMIT");
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  static boolean isInUse(Path file) {
    try (SoleConnection opened = alone(file)) {
      return false;
    } catch (ChatException e) {
      return e.getCause() instanceof SQLException cause
          && new Sqlite(url(file)).trouble(cause) == Trouble.PASSING;
    }
  }

  private static SoleConnection begun(SoleConnection opened) {
    try {
      opened.run(
          () -> {
            opened.connection.setAutoCommit(false);
            return opened;
          });
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  static void requireFile(Path file) {
    if (!Files.isRegularFile(file)) {
      String what = Files.exists(file) ? "is no file" : "is not there";
      throw new ChatException(Code.STORAGE, file + " " + what);
    }
  }

  private static String url(Path file) {
    return SqliteUrl.of(file.toAbsolutePath());
  }

  @Override
  public Statements statements() {
    return statements;
  }

  @Override
  public <T> T run(Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private ChatException failure(SQLException e) {
    Trouble trouble = dialect.trouble(e);
    String what =
        switch (trouble) {
          case PASSING -> "it is in use";
          case FULL -> "there is no room left";
          case CORRUPT -> "it is damaged, or no database";
          default -> String.valueOf(e.getMessage());
        };
    return new ChatException(Code.STORAGE, file + ": " + what, e);
  }

  void execute(String sql) {
    run(
        () -> {
          PreparedStatement statement = statements.prepare(sql);
          if (statement.execute()) {
            statement.getResultSet().close();
          }
          return null;
        });
  }

  /** What a query for a single number says. */
  long number(String sql) {
    return query(sql, row -> row.next() ? row.number() : 0L);
  }

  <T> T query(String sql, Reading<T> reading) {
    return run(() -> statements.query(sql, nothing -> {}, reading));
  }

  void update(String sql, Binder binder) {
    run(() -> statements.update(sql, binder));
  }

  /** Fails when the file's structure is damaged. */
  void check() {
    String found = query("PRAGMA quick_check(1)", row -> row.next() ? row.text() : "unreadable");
    if (!found.equals("ok")) {
      throw new ChatException(Code.STORAGE, file + ": it is damaged: " + found);
    }
  }

  void commit() {
    run(
        () -> {
          connection.commit();
          return null;
        });
  }

  @Override
  public void close() {
    run(
        () -> {
          connection.close();
          return null;
        });
  }

  /** Names the file. */
  @Override
  public String toString() {
    return file.toString();
  }
}
