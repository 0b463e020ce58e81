package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.util.Objects;

/** Sets up a {@link Database}. Not safe for several threads. */
public final class DatabaseBuilder {
  final String urlOrPath;
  int connections = 4;

  DatabaseBuilder(String urlOrPath) {
    this.urlOrPath = Objects.requireNonNull(urlOrPath, "urlOrPath");
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
