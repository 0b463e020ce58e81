package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.Storage;
import chat.talk.UserName;
import chat.talk.internal.Text;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a hub keeps its chats and its {@linkplain Fact facts} in. Everything that one decision
 * changes goes into one {@link #commit}, so that a crash leaves all of it or nothing.
 *
 * <p>{@code HubStorageContract} in talk-testkit says in tests what is written here: a new
 * implementation extends it.
 */
public interface HubStorage extends Storage {
  /**
   * Makes changes, all or none, in the order given. They are there for good when this returns, and
   * readers see none of them before.
   *
   * @param changes possibly of several chats; may be empty, but holds no null
   * @return for each {@link Change.Append}, in their order, what came of it at its turn
   * @throws ChatException with {@link Code#STORAGE} when nothing was changed, {@link
   *     Code#TIMED_OUT} when it is not known whether all or nothing was, {@link Code#CLOSED} after
   *     {@link #close()}
   */
  List<Appended> commit(List<? extends Change> changes);

  /**
   * Finds entries by their identity.
   *
   * @param keys whose
   * @return those that there are
   */
  Map<MessageKey, Entry> find(Collection<MessageKey> keys);

  /**
   * The ends of all logs.
   *
   * @return for each chat that was appended to, what {@link #head(ChatId)} says
   */
  Map<ChatId, Cursor> heads();

  /**
   * Counts messages that are not blank, in several chats at once.
   *
   * @param notBy a user whose own messages don't count
   * @param stretches where; both cursors are of the log's present life, and an unknown chat is an
   *     empty one
   * @return a count for each stretch, in their order
   */
  List<Long> count(UserName notBy, List<Stretch> stretches);

  /**
   * Reads the comments on a message, forwards.
   *
   * @param message on which; an unknown one has none
   * @param after the place in its chat's log to read on from
   * @param limit the most entries wanted, at least 1
   * @return the comments that follow in the chat of the message, blank ones too; {@link
   *     Page#next()} is a place in the chat's log from which reading on gives those to come
   * @throws ChatException with {@link Code#INVALID} when the limit is less than 1
   */
  Page comments(MessageKey message, Cursor after, int limit);

  /**
   * All facts.
   *
   * @return the latest of each key, in any order; to be closed
   */
  Stream<Fact> facts();

  /**
   * Whether a {@link Fact.File} refers to a blob.
   *
   * @param digest whose
   * @return true when there is one or more
   */
  default boolean refersTo(Digest digest) {
    try (Stream<Fact> facts = facts()) {
      return facts.anyMatch(
          fact -> fact instanceof Fact.File file && file.blob().digest().equals(digest));
    }
  }

  /**
   * What is in use of the storage.
   *
   * @return nothing of nothing, unless there is a pool of connections
   */
  default Usage usage() {
    return new Usage(0, 0);
  }

  /**
   * A storage in this JVM's memory that keeps everything.
   *
   * @return a new and empty one
   */
  static HubStorage inMemory() {
    return inMemory(Long.MAX_VALUE);
  }

  /**
   * A storage in this JVM's memory that keeps all facts and the newest entries, and drops the
   * oldest, over all chats together, when there is no more room.
   *
   * @param maxCharacters the room, in characters of text; each entry takes {@code 256} besides
   * @return a new and empty one
   * @throws ChatException with {@link Code#INVALID} when there is no room at all
   */
  static HubStorage inMemory(long maxCharacters) {
    return new InMemoryHubStorage(maxCharacters);
  }

  /** One thing to be changed. */
  sealed interface Change {
    /**
     * Appends an event to the log of its chat; see {@link Storage#append} about repeats.
     *
     * @param event the event
     */
    record Append(Event event) implements Change {
      /** Checks that nothing is missing. */
      public Append {
        Objects.requireNonNull(event, "event");
      }
    }

    /**
     * Gives a message another text, at its place in the log: {@link chat.talk.ChatMessage#edited}.
     * A blank or unknown one stays as it is.
     *
     * @param message which
     * @param text what it says from now on
     */
    record Rewrite(MessageKey message, String text) implements Change {
      /**
       * Checks the text.
       *
       * @throws ChatException with {@link Code#INVALID} when it is no Unicode
       */
      public Rewrite {
        Objects.requireNonNull(message, "message");
        Text.requireUnicode(text);
      }
    }

    /**
     * Takes away a message's text and attachment, and the texts of its {@link Event.Edited} events:
     * {@link chat.talk.ChatMessage.Revision#ERASED}. One that is blank already keeps its revision,
     * an unknown one stays as it is.
     *
     * @param message which
     */
    record Erase(MessageKey message) implements Change {
      /** Checks that nothing is missing. */
      public Erase {
        Objects.requireNonNull(message, "message");
      }
    }

    /**
     * Takes away the texts and attachments of all messages of a chat up to a place, and the texts
     * of their {@link Event.Edited} events, wherever these stand: {@link
     * chat.talk.ChatMessage.Revision#EXPIRED}, unless blank already.
     *
     * @param chat where
     * @param upTo the place behind the last of them, of the log's present life
     */
    record Expire(ChatId chat, Cursor upTo) implements Change {
      /** Checks that nothing is missing. */
      public Expire {
        Objects.requireNonNull(chat, "chat");
        Objects.requireNonNull(upTo, "upTo");
      }
    }

    /**
     * Keeps a fact, in place of the one with the same key.
     *
     * @param fact the fact
     */
    record Put(Fact fact) implements Change {
      /** Checks that nothing is missing. */
      public Put {
        Objects.requireNonNull(fact, "fact");
        Objects.requireNonNull(fact.key(), "key");
      }
    }

    /**
     * Forgets a fact; no error when it is unknown.
     *
     * @param fact one of the same key
     */
    record Drop(Fact fact) implements Change {
      /** Checks that nothing is missing. */
      public Drop {
        Objects.requireNonNull(fact, "fact");
        Objects.requireNonNull(fact.key(), "key");
      }
    }
  }

  /**
   * What came of appending an event.
   *
   * @param entry the entry; of the first time, when it was a repeat
   * @param isNew whether it was no repeat
   */
  record Appended(Entry entry, boolean isNew) {
    /** Checks that nothing is missing. */
    public Appended {
      Objects.requireNonNull(entry, "entry");
    }
  }

  /**
   * A stretch of a chat's log.
   *
   * @param chat whose
   * @param after the place before it
   * @param upTo the place behind its last entry
   */
  record Stretch(ChatId chat, Cursor after, Cursor upTo) {
    /** Checks that nothing is missing. */
    public Stretch {
      Objects.requireNonNull(chat, "chat");
      Objects.requireNonNull(after, "after");
      Objects.requireNonNull(upTo, "upTo");
    }
  }

  /**
   * How busy a storage is.
   *
   * @param inUse connections in use
   * @param max connections at most, 0 when it needs none
   */
  record Usage(int inUse, int max) {}
}
