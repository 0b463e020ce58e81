package chat.talk.room;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jetbrains.annotations.Nullable;

/**
 * A stretch of one chat's log on its way to readers. All readers at the same place share one chunk,
 * and with it whatever form a network gives it: {@link #encoded} makes that once.
 */
public final class Chunk {
  private final ChatId chat;
  private final Cursor after;
  private final List<Entry> entries;
  private final Cursor next;
  private volatile @Nullable Object encoded;

  /**
   * A chunk.
   *
   * @param chat where
   * @param after the reader's place before it
   * @param entries the entries, oldest first; copied unless unmodifiable already
   * @param next the reader's place behind it; may lie beyond the last entry, when what followed is
   *     not for this reader
   */
  public Chunk(ChatId chat, Cursor after, List<Entry> entries, Cursor next) {
    this.chat = Objects.requireNonNull(chat, "chat");
    this.after = Objects.requireNonNull(after, "after");
    this.entries = List.copyOf(entries);
    this.next = Objects.requireNonNull(next, "next");
  }

  /**
   * Whose log.
   *
   * @return the chat
   */
  public ChatId chat() {
    return chat;
  }

  /**
   * Where it begins: a client whose own place is another one has missed or already had something.
   *
   * @return the place just before the first entry that it could hold
   */
  public Cursor after() {
    return after;
  }

  /**
   * What it holds.
   *
   * @return the entries, oldest first
   */
  public List<Entry> entries() {
    return entries;
  }

  /**
   * Where to go on.
   *
   * @return the place behind it
   */
  public Cursor next() {
    return next;
  }

  /**
   * The chunk in a network's own form, made at the first call and shared afterwards. A hub serves
   * one network form; calls at the same time may make it more than once.
   *
   * @param encoder makes it
   * @param <T> what an encoder makes; the same at each call
   * @return the encoded chunk
   */
  @SuppressWarnings("unchecked")
  public <T> T encoded(Function<Chunk, T> encoder) {
    Object made = encoded;
    if (made == null) {
      made = encoder.apply(this);
      encoded = made;
    }
    return (T) made;
  }

  /** Where it lies, without what was said. */
  @Override
  public String toString() {
    return "Chunk[" + chat + " " + after + ".." + next + ", " + entries.size() + " entries]";
  }
}
