package chat.talk.jdbc;

import java.sql.SQLException;

/**
 * Notices when a database is damaged or has lost something. This one leaves that to the database's
 * server.
 */
class Guard implements AutoCloseable {
  /** Looks at what is there before anything connects to it. STORAGE when it isn't whole. */
  void inspect() {}

  /** Looks again, connected, before tables are made or changed. STORAGE when it isn't whole. */
  void inspect(Pool pool) {}

  /** The tables are there. */
  void begin(Pool pool) {}

  /** A transaction that writes begins. Not for several threads, as the next one. */
  void writing(Statements statements) throws SQLException {}

  /** The transaction is committed; nobody has been told so yet. */
  void committed() {}

  /** Something is known to be damaged. */
  void damaged(String how) {}

  /** Fails when nothing must be written any more. STORAGE. */
  void requireSound() {}

  @Override
  public void close() {}
}
