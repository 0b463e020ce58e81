package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.util.Objects;
import org.jetbrains.annotations.Nullable;

/** Sets up a {@link Database}. Not safe for several threads. */
public final class DatabaseBuilder {
  final String urlOrPath;
  int connections = 4;
  @Nullable String user;
  @Nullable String password;

  DatabaseBuilder(String urlOrPath) {
    this.urlOrPath = Objects.requireNonNull(urlOrPath, "urlOrPath");
  }

  /**
   * Who connects to a server; a file of SQLite has no users.
   *
   * @param name in place of what the URL says
   * @return this
   */
  public DatabaseBuilder user(String name) {
    user = Objects.requireNonNull(name, "name");
    return this;
  }

  /**
   * The user's password. It is never shown: neither in errors nor in logs, even when it is part of
   * the URL instead.
   *
   * @param secret in place of what the URL says
   * @return this
   */
  public DatabaseBuilder password(String secret) {
    password = Objects.requireNonNull(secret, "secret");
    return this;
  }

  /**
   * Connects, and makes or updates the tables.
   *
   * @return the open database
   * @throws ChatException with {@link Code#INVALID} for a URL of no known kind, {@link
   *     Code#STORAGE} when it can't be reached or isn't Talk's
   */
  public Database open() {
    return new Database(this);
  }
}
