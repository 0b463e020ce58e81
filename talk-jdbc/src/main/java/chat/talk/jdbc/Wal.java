package chat.talk.jdbc;

import java.sql.SQLException;

/** SQLite's log of commits, the {@code -wal}, as far as it is moved into the file. */
interface Wal extends AutoCloseable {
  /**
   * How far it is.
   *
   * @param isBusy whether somebody was in the way
   * @param pages how many it holds
   * @param moved how many of these are in the file
   */
  record State(boolean isBusy, long pages, long moved) {
    boolean isAllMoved() {
      return !isBusy && moved == pages;
    }
  }

  /** Looks how far it is; in nobody's way. */
  State state() throws SQLException;

  /**
   * Moves what nobody reads as it was before. Commits go on meanwhile, and stay behind. The file is
   * synced when there was none, so that a failed sync may be about what was moved earlier.
   */
  State move() throws SQLException;

  /**
   * Has the next commit written over what is all moved: waits a moment, in which nothing can be
   * committed, for those who still read it.
   */
  State beginAnew() throws SQLException;

  /** Moves all, and cuts it to nothing. */
  State empty() throws SQLException;

  /**
   * Keeps it from being written over for as long as this process lives. What is opened after that
   * moves all of it again.
   */
  void keep() throws SQLException;

  /** Lets go of the connection; the next call makes another one. */
  @Override
  void close();
}
