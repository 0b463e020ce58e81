package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.time.Duration;
import java.util.Objects;
import org.jetbrains.annotations.Nullable;

/** Sets up a {@link Database}. Not safe for several threads. */
public final class DatabaseBuilder {
  private static final int MOST_READERS = 100;
  private static final Duration MOST_PATIENCE = Duration.ofHours(1);

  final String urlOrPath;
  @Nullable String user;
  @Nullable String password;
  int readers = 4;
  boolean existing;
  Duration patience = Duration.ofSeconds(5);

  DatabaseBuilder(String urlOrPath) {
    this.urlOrPath = Objects.requireNonNull(urlOrPath, "urlOrPath");
  }

  /**
   * Who to be for the database's server; unless set, whoever the URL says. A file of SQLite knows
   * no users: nothing comes of it there.
   *
   * @param name the user's name
   * @return this
   */
  public DatabaseBuilder user(String name) {
    this.user = Objects.requireNonNull(name, "name");
    return this;
  }

  /**
   * The user's password; unless set, the one that the URL says. It is never logged. A file of
   * SQLite has none: nothing comes of it there, and nothing is encrypted.
   *
   * @param secret the password
   * @return this
   */
  public DatabaseBuilder password(String secret) {
    this.password = Objects.requireNonNull(secret, "secret");
    return this;
  }

  /**
   * How many connections read at a time; 4 unless set. One more writes.
   *
   * @param count from 1 to 100
   * @return this
   * @throws ChatException with {@link Code#INVALID} when it is less or more
   */
  public DatabaseBuilder readers(int count) {
    if (count < 1 || count > MOST_READERS) {
      throw new ChatException(
          Code.INVALID, "readers is from 1 to %d, but was %d".formatted(MOST_READERS, count));
    }
    this.readers = count;
    return this;
  }

  /**
   * How long a write that finds the server gone waits for it to come back before it fails; 5
   * seconds unless set. Reads, and writes that come when it is known to be gone, fail at once.
   *
   * @param patience from zero to an hour
   * @return this
   * @throws ChatException with {@link Code#INVALID} when it is less or more
   */
  public DatabaseBuilder patience(Duration patience) {
    if (patience.isNegative() || patience.compareTo(MOST_PATIENCE) > 0) {
      throw new ChatException(
          Code.INVALID, "patience is from zero to an hour, but was " + patience);
    }
    this.patience = patience;
    return this;
  }

  /**
   * Opens only what is there already: neither a file nor tables are made or changed.
   *
   * @return this
   */
  public DatabaseBuilder existing() {
    this.existing = true;
    return this;
  }

  /**
   * Connects, and makes or updates the tables.
   *
   * @return the open database
   * @throws ChatException with {@link Code#INVALID} for a URL that is of no known kind or makes no
   *     sense, {@link Code#STORAGE} when it can't be reached, is damaged, is of a newer version, or
   *     isn't Talk's
   */
  public Database open() {
    try {
      return Database.open(this);
    } catch (ChatException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new ChatException(Code.INVALID, "the database's URL makes no sense", e);
    }
  }
}
