package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.jdbc.Witness.Testimony;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after a SQLite file: that it is whole, that no commit got lost, and that nothing more is
 * written once it is known to be damaged.
 */
final class SqliteGuard extends Guard {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteGuard.class);

  /** Also takes the turn to write, and waits for it. */
  private static final String COUNT = "UPDATE commits SET number = number + 1 RETURNING number";

  private static final String TESTIMONY = "SELECT identity, number FROM commits";

  private static final String IS_THERE =
      "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'commits'";

  private static final String RENEW = "UPDATE commits SET identity = ?";

  private static final String BEGIN = "INSERT OR IGNORE INTO commits VALUES (1, ?, 0)";

  private final String url;
  private final SqliteFile file;
  private final Duration patience;
  private Optional<Testimony> testimony = Optional.empty();
  private volatile @Nullable Witness witness;
  private @Nullable SqliteCheck check;
  private volatile @Nullable String damage;

  /** Whether damage found from now on is told by the log alone. */
  private volatile boolean isOpen;

  private long number;

  /**
   * A guard.
   *
   * @param url the database's
   * @param file its file
   * @param patience how long opening waits for the check of all pages, which goes on afterwards
   */
  SqliteGuard(String url, SqliteFile file, Duration patience) {
    this.url = url;
    this.file = file;
    this.patience = patience;
  }

  @Override
  void beforeConnecting() {
    testimony = Witness.read(file.witness());
    if (file.isNew(testimony)) {
      create();
    } else if (testimony.isEmpty() || !testimony.get().isFresh()) {
      file.requireWhole();
    }
    file.opened();
  }

  /** The witness comes first, so that an empty file has always lost something. */
  private void create() {
    long identity = testimony.map(Testimony::identity).orElseGet(SqliteGuard::newIdentity);
    testimony = Optional.of(new Testimony(identity, 0));
    Witness.open(file.witness(), testimony.get()).close();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA application_id = " + SqliteFile.APPLICATION);
    } catch (SQLException e) {
      throw refused("can't be made", e);
    }
  }

  /** Makes a file that is filled another one than any that was in its place. */
  static void renew(Statements statements) throws SQLException {
    statements.update(BEGIN, parameters -> parameters.number(newIdentity()));
  }

  private static long newIdentity() {
    return ThreadLocalRandom.current().nextLong();
  }

  @Override
  void beforeMigrating(Pool pool) {
    requireCommits(find(pool));
    check = SqliteCheck.start(url, this::damaged);
    check.await(patience);
    if (damage != null) {
      throw file.refused("is damaged: " + damage);
    }
  }

  private void requireCommits(Optional<Testimony> found) {
    if (testimony.isEmpty() || testimony.get().isFresh()) {
      return;
    }
    long expected = testimony.get().number();
    boolean isOther = found.isPresent() && found.get().identity() != testimony.get().identity();
    long there = found.map(Testimony::number).orElse(0L);
    if (!isOther && there < expected) {
      throw file.refused(
          "has lost its last %d commits of %d, says %s: bring back its -wal, or remove %s to go on"
                  .formatted(
                      expected - there, expected, file.witness(), file.witness().getFileName())
              + " without them");
    }
  }

  private static Optional<Testimony> find(Pool pool) {
    return pool.read(
        statements -> {
          boolean isThere =
              statements.query(IS_THERE, nothing -> {}, row -> row.next() && row.number() > 0);
          return isThere
              ? statements.query(TESTIMONY, nothing -> {}, SqliteGuard::testimony)
              : Optional.empty();
        });
  }

  private static Optional<Testimony> testimony(Row row) throws SQLException {
    return row.next() ? Optional.of(new Testimony(row.number(), row.number())) : Optional.empty();
  }

  @Override
  void afterMigrating(Pool pool) {
    long identity =
        testimony
            .filter(Testimony::isFresh)
            .map(Testimony::identity)
            .orElseGet(SqliteGuard::newIdentity);
    if (find(pool).isEmpty()) {
      pool.write(statements -> statements.update(BEGIN, parameters -> parameters.number(identity)));
    }
    Testimony found = find(pool).orElseThrow();
    if (isAttested(found)) {
      witness = Witness.open(file.witness(), found);
    }
    isOpen = true;
    tell();
  }

  /** Whether nothing can have been lost since: if it was, that was noticed before. */
  private boolean isAttested(Testimony found) {
    return found.isFresh()
        || testimony.map(Testimony::identity).filter(id -> id == found.identity()).isPresent();
  }

  /**
   * Nobody knows what came behind this, or it was given up: places there are not to be taken for
   * those of what comes now.
   */
  @Override
  void beforeHub(Pool pool) {
    if (witness == null) {
      pool.write(
          statements -> {
            NewLives.ofAllLogs(statements).begin(statements);
            return statements.update(RENEW, parameters -> parameters.number(newIdentity()));
          });
      LOG.warn("{} may have lost something: {} doesn't tell", file.path(), file.witness());
      witness = Witness.open(file.witness(), find(pool).orElseThrow());
    }
  }

  @Override
  void countCommit(Statements statements) throws SQLException {
    number = statements.query(COUNT, nothing -> {}, row -> row.next() ? row.number() : 0);
  }

  @Override
  void committed() {
    Witness current = witness;
    if (current != null) {
      current.note(number);
    }
  }

  @Override
  void damaged(String how) {
    if (damage == null) {
      damage = how;
      tell();
    }
  }

  private void tell() {
    if (damage != null && isOpen) {
      LOG.error("{} is damaged, nothing more is written to it: {}", file.path(), damage);
    }
  }

  @Override
  void requireSound() {
    if (damage != null) {
      throw file.refused("is damaged, nothing more is written to it: " + damage);
    }
  }

  private ChatException refused(String why, SQLException e) {
    return new ChatException(ChatException.Code.STORAGE, file.path() + " " + why, e);
  }

  @Override
  public void close() {
    if (check != null) {
      check.close();
    }
    if (isOpen && damage == null) {
      gather();
    }
    Witness current = witness;
    if (current != null) {
      current.close();
    }
    file.closed();
  }

  /** Leaves nothing in the {@code -wal}: SQLite does so only when connections close in turn. */
  private void gather() {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      LOG.warn("{} keeps its -wal", file.path(), e);
    }
  }
}
