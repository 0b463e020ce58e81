package chat.talk.jdbc;

/** Stub. */
public final class Database {
  private Database() {}
}
