package chat.talk;

import chat.talk.internal.Text;
import chat.talk.room.Attachment;
import java.time.Instant;
import java.util.Objects;
import org.jetbrains.annotations.Nullable;

/**
 * What somebody said in a chat.
 *
 * @param chat where
 * @param id its identity; the author's retries carry the same
 * @param author who said it; between peers a claim, not a proof (a hub checks it)
 * @param text what was said: any Unicode text, also empty; always empty once erased or expired
 * @param time when it entered the log, by the clock of whoever keeps the log
 * @param about the message that this one comments on, null when it stands for itself
 * @param revision whether the text is still what it was at first
 * @param attachment a file, or the whole of a text of which this one has only the beginning; null
 *     when there is neither, and once erased or expired
 */
public record ChatMessage(
    ChatId chat,
    MessageId id,
    UserName author,
    String text,
    Instant time,
    @Nullable MessageKey about,
    Revision revision,
    @Nullable Attachment attachment)
    implements Event {
  /**
   * Checks the parts.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} when the text holds half a
   *     surrogate pair
   */
  public ChatMessage {
    Objects.requireNonNull(chat, "chat");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(author, "author");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(revision, "revision");
    Text.requireUnicode(text);
  }

  /**
   * A message that carries nothing.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} as above
   */
  public ChatMessage(
      ChatId chat,
      MessageId id,
      UserName author,
      String text,
      Instant time,
      @Nullable MessageKey about,
      Revision revision) {
    this(chat, id, author, text, time, about, revision, null);
  }

  /**
   * A message as it was first said, which comments on none.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} as above
   */
  public ChatMessage(ChatId chat, MessageId id, UserName author, String text, Instant time) {
    this(chat, id, author, text, time, null, Revision.ORIGINAL, null);
  }

  /**
   * The message with another text, as its log keeps it after an edit. A file stays; a body was the
   * text before, and goes.
   *
   * @param newText what it says now
   * @return the same message, {@link Revision#EDITED}
   */
  public ChatMessage edited(String newText) {
    Attachment kept = hasBody() ? null : attachment;
    return new ChatMessage(chat, id, author, newText, time, about, Revision.EDITED, kept);
  }

  /**
   * The message without its text and attachment, as its log keeps it from then on.
   *
   * @param why {@link Revision#ERASED} or {@link Revision#EXPIRED}
   * @return the same message, blank
   */
  public ChatMessage blanked(Revision why) {
    return new ChatMessage(chat, id, author, "", time, about, why, null);
  }

  /**
   * Whether its text is only the beginning of a longer one.
   *
   * @return true when that one is attached
   */
  public boolean hasBody() {
    return attachment != null && attachment.isBody();
  }

  /** What has become of a message's text. */
  public enum Revision {
    /** As it was first said. */
    ORIGINAL,
    /** Changed by its author. */
    EDITED,
    /** Taken away by its author. */
    ERASED,
    /** Gone because its time was over. */
    EXPIRED;

    /**
     * Whether the text is gone.
     *
     * @return true for {@link #ERASED} and {@link #EXPIRED}
     */
    public boolean isBlank() {
      return this == ERASED || this == EXPIRED;
    }
  }
}
