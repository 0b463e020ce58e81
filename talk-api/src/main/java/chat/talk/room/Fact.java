package chat.talk.room;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.MessageKey;
import chat.talk.UserName;
import java.time.Instant;
import java.util.List;
import org.jetbrains.annotations.Nullable;

/**
 * One thing that a hub knows besides its logs. A {@link HubStorage} keeps the latest fact of each
 * {@linkplain #key() key}, and gives them all back when a hub starts; what they mean is the hub's
 * affair.
 */
public sealed interface Fact
    permits Fact.User,
        Fact.Machine,
        Fact.Room,
        Fact.Member,
        Fact.Delivered,
        Fact.Window,
        Fact.Reached,
        Fact.File,
        Invitation,
        Link,
        JoinRequest,
        Scheduled,
        Report {
  /**
   * What it is about.
   *
   * @return equal for two facts of which the later replaces the earlier
   */
  Key key();

  /**
   * Tells facts apart.
   *
   * @param kind the kind of fact
   * @param one the first part of what it is about
   * @param two the second part, empty when there is none
   */
  record Key(String kind, String one, String two) {}

  /**
   * A user.
   *
   * @param name who
   * @param since when he first came
   * @param password the hash of his password, null when he has set none
   * @param reports how often others have reported him
   * @param bannedUntil when his last ban ends or ended, null when he never was banned
   */
  record User(
      UserName name,
      Instant since,
      @Nullable String password,
      int reports,
      @Nullable Instant bannedUntil)
      implements Fact {
    /**
     * The same with another password.
     *
     * @param hash its hash
     * @return the user
     */
    public User withPassword(String hash) {
      return new User(name, since, hash, reports, bannedUntil);
    }

    /**
     * The same, reported so often.
     *
     * @param count how often
     * @return the user
     */
    public User withReports(int count) {
      return new User(name, since, password, count, bannedUntil);
    }

    /**
     * The same with another end of his ban.
     *
     * @param until when it ends or ended
     * @return the user
     */
    public User withBan(Instant until) {
      return new User(name, since, password, reports, until);
    }

    @Override
    public Key key() {
      return new Key("user", name.value(), "");
    }
  }

  /**
   * A device, as its hub keeps it; {@link Device} is what its user sees.
   *
   * @param id its id
   * @param user whose
   * @param digest of the token that opens it
   * @param since when it first came
   * @param letInBy the id of the device that let it in, null when none did
   */
  record Machine(String id, UserName user, String digest, Instant since, @Nullable String letInBy)
      implements Fact {
    /**
     * The same, let in by none.
     *
     * @return the device
     */
    public Machine byItself() {
      return new Machine(id, user, digest, since, null);
    }

    @Override
    public Key key() {
      return new Key("device", id, "");
    }
  }

  /**
   * A chat, as its hub keeps it; {@link Chat} is what a member sees.
   *
   * @param id its id
   * @param kind general, direct or private
   * @param title empty unless private
   * @param owner null unless private
   * @param since when it was made
   * @param closed whether nothing more is said in it
   */
  record Room(
      ChatId id,
      Chat.Kind kind,
      String title,
      @Nullable UserName owner,
      Instant since,
      boolean closed)
      implements Fact {
    @Override
    public Key key() {
      return new Key("chat", id.value(), "");
    }
  }

  /**
   * Who is, or was, in a chat.
   *
   * @param chat where
   * @param user who
   * @param ranges what he may read, in order and apart; the last one is open while he is a member
   * @param read how far he has read
   */
  record Member(ChatId chat, UserName user, List<Range> ranges, Cursor read) implements Fact {
    /** Takes an unmodifiable copy of the ranges. */
    public Member {
      ranges = List.copyOf(ranges);
    }

    @Override
    public Key key() {
      return new Key("member", chat.value(), user.value());
    }
  }

  /**
   * A stretch of a log that a member may read.
   *
   * @param after the place just before it
   * @param upTo the place just behind it, null while it goes on
   */
  record Range(Cursor after, @Nullable Cursor upTo) {}

  /**
   * How far a chat has been delivered to a device.
   *
   * @param device its id
   * @param chat which
   * @param cursor the place behind the last entry it took
   */
  record Delivered(String device, ChatId chat, Cursor cursor) implements Fact {
    @Override
    public Key key() {
      return new Key("delivered", device, chat.value());
    }
  }

  /**
   * How much of a limit a user has used up.
   *
   * @param user who
   * @param start when the window of time began
   * @param count how many messages since
   */
  record Window(UserName user, Instant start, int count) implements Fact {
    @Override
    public Key key() {
      return new Key("window", user.value(), "");
    }
  }

  /**
   * When a stretch of a chat had reached all it was for, so that its time to live began.
   *
   * @param chat which
   * @param upTo the place behind the stretch
   * @param since when the first of it had
   * @param at when the last of it had
   */
  record Reached(ChatId chat, Cursor upTo, Instant since, Instant at) implements Fact {
    @Override
    public Key key() {
      return new Key("reached", chat.value(), since.toString());
    }
  }

  /**
   * That a message, or one that is scheduled, refers to bytes in a {@link BlobStore}, which keeps
   * them as long as this is there.
   *
   * @param chat where the message stands, or will
   * @param message which
   * @param blob its bytes
   * @param time since when
   */
  record File(ChatId chat, MessageKey message, Blob blob, Instant time) implements Fact {
    @Override
    public Key key() {
      return new Key("file", message.author().value(), message.id().value());
    }
  }
}
