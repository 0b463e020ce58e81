package chat.talk.jdbc;

import java.sql.SQLException;

/** One of the two databases between which rows are copied. */
interface Side {
  /** Something to do with a database. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  Statements statements();

  /** Does something with this side alone; what goes wrong is told in its own way. */
  <T> T run(Work<T> work) throws SQLException;

  /** A side whose failures go on to whoever is to judge them. */
  static Side of(Statements statements) {
    return new Side() {
      @Override
      public Statements statements() {
        return statements;
      }

      @Override
      public <T> T run(Work<T> work) throws SQLException {
        return work.run();
      }
    };
  }
}
