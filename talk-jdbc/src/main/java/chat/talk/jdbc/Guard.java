package chat.talk.jdbc;

import java.sql.SQLException;

/**
 * Notices when a database is damaged or has lost something. This one leaves that to the database's
 * server.
 */
class Guard implements AutoCloseable {
  /** Looks at what is there. STORAGE when it isn't whole. */
  void beforeConnecting() {}

  /** Looks again, connected. STORAGE when it isn't whole. */
  void beforeMigrating(Pool pool) {}

  /** The tables are there. */
  void afterMigrating(Pool pool) {}

  /** A hub is about to begin, and no other is there. */
  void beforeHub(Pool pool) {}

  /** In a transaction that writes, first of all. Not for several threads, as the next one. */
  void countCommit(Statements statements) throws SQLException {}

  /** The transaction is committed; nobody has been told so yet. */
  void committed() {}

  /** Something is known to be damaged. */
  void damaged(String how) {}

  /** Fails when nothing must be written any more. STORAGE. */
  void requireSound() {}

  @Override
  public void close() {}
}
