package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jetbrains.annotations.Nullable;

/** The tables, brought to what this program knows when a database is opened. */
final class Schema {
  /** In their order; the first has number 1. What one says stays as it is. */
  static final List<String> MIGRATIONS = List.of("V1__chats.sql", "V2__let_in_by.sql");

  /** The version that this program knows. */
  static final int LATEST = MIGRATIONS.size();

  private static final String HISTORY = "flyway_schema_history";

  /** Asks for the version that a database has. */
  static final String VERSION =
      "SELECT MAX(CAST(version AS DECIMAL(9))) FROM " + HISTORY + " WHERE success";

  private static final String FORGET_FAILED = "DELETE FROM " + HISTORY + " WHERE NOT success";

  private Schema() {}

  /**
   * Makes the tables, or brings them up to date.
   *
   * @throws ChatException with STORAGE when the database is of a later version, or not Talk's
   */
  static void migrate(Dialect dialect, DataSource dataSource) {
    if (knownVersion(dialect, dataSource) < LATEST) {
      ask(dialect, dataSource, Schema::forgetFailed);
      runFlyway(dialect, dataSource);
    }
  }

  private static int knownVersion(Dialect dialect, DataSource dataSource) {
    int version = ask(dialect, dataSource, Schema::version);
    if (version > LATEST) {
      throw new ChatException(
          Code.STORAGE,
          "%s has schema %d, but this program knows only %d: use a newer one"
              .formatted(dialect.name(), version, LATEST));
    }
    return version;
  }

  /**
   * Changes nothing.
   *
   * @throws ChatException with STORAGE when the tables are not there, or not up to date
   */
  static void requireLatest(Dialect dialect, DataSource dataSource) {
    int version = knownVersion(dialect, dataSource);
    if (version < LATEST) {
      throw new ChatException(
          Code.STORAGE,
          version == 0
              ? "there is no database of Talk's"
              : "the database has the old schema %d: open it with a hub or registry first"
                  .formatted(version));
    }
  }

  /** Something to find out about the tables. */
  private interface Question {
    int ask(Statement statement) throws SQLException;
  }

  /** Asked without Flyway, which takes longer to start than all the rest. 0 without tables. */
  private static int ask(Dialect dialect, DataSource dataSource, Question question) {
    try (Connection connection = dataSource.getConnection()) {
      if (!hasHistory(connection)) {
        return 0;
      }
      try (Statement statement = connection.createStatement()) {
        return question.ask(statement);
      }
    } catch (SQLException e) {
      throw dialect.trouble(e).failure(dialect, e);
    }
  }

  private static boolean hasHistory(Connection connection) throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    try (ResultSet tables =
        data.getTables(connection.getCatalog(), connection.getSchema(), HISTORY, null)) {
      return tables.next();
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery(VERSION)) {
      return result.next() ? result.getInt(1) : 0;
    }
  }

  /** So that a migration which was broken off is made again. */
  private static int forgetFailed(Statement statement) throws SQLException {
    int forgotten = statement.executeUpdate(FORGET_FAILED);
    Connection connection = statement.getConnection();
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
    return forgotten;
  }

  private static void runFlyway(Dialect dialect, DataSource dataSource) {
    try {
      Flyway.configure()
          .dataSource(dataSource)
          .resourceProvider(new Scripts(dialect.migrations()))
          .loggers("slf4j")
          // There are databases by an earlier text of the first, which work as others do.
          .validateOnMigrate(false)
          .load()
          .migrate();
    } catch (FlywayException e) {
      boolean isForeign =
          e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE;
      throw new ChatException(
          Code.STORAGE,
          isForeign
              ? "it is not Talk's: it has other tables"
              : "the database's tables can't be made or changed",
          e);
    }
  }

  /** The migrations of one dialect. */
  private record Scripts(String folder) implements ResourceProvider {
    @Override
    public @Nullable LoadableResource getResource(String name) {
      return null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
      return prefix.equals("V")
          ? MIGRATIONS.stream().<LoadableResource>map(name -> new Script(folder, name)).toList()
          : List.of();
    }
  }

  /** One migration. */
  private static final class Script extends LoadableResource {
    private final String folder;
    private final String name;

    Script(String folder, String name) {
      this.folder = folder;
      this.name = name;
    }

    @Override
    public Reader read() {
      return new InputStreamReader(
          Objects.requireNonNull(Schema.class.getResourceAsStream(getAbsolutePath())),
          StandardCharsets.UTF_8);
    }

    @Override
    public String getAbsolutePath() {
      return folder + "/" + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return getAbsolutePath();
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return getAbsolutePath();
    }
  }
}
