package chat.talk;

import chat.talk.internal.Failures;
import chat.talk.internal.Text;
import chat.talk.room.Attachment;
import java.util.Objects;
import org.jetbrains.annotations.Nullable;

/**
 * A message on its way out. Keep a draft to send it again after a failure: the id makes sure that
 * it arrives once.
 *
 * @param id the identity it will have
 * @param to whom it goes to: a user, or a chat of a hub
 * @param text what to say: any Unicode text, also empty
 * @param about the message that this one comments on, null when it stands for itself
 * @param attachment what it carries, uploaded to the hub before; null for nothing
 */
public record Draft(
    MessageId id,
    Recipient to,
    String text,
    @Nullable MessageKey about,
    @Nullable Attachment attachment) {
  /**
   * Checks the parts.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} when the text holds half a
   *     surrogate pair, or is no {@linkplain Attachment#preview preview} though there is a body
   */
  public Draft {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(to, "to");
    Text.requireUnicode(text);
    boolean hasBody = attachment != null && attachment.isBody();
    if (hasBody && text.length() > Attachment.MAX_PREVIEW) {
      throw Failures.invalid("of a body, the text is a preview of %d", Attachment.MAX_PREVIEW);
    }
  }

  /**
   * A message that carries nothing.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} as above
   */
  public Draft(MessageId id, Recipient to, String text, @Nullable MessageKey about) {
    this(id, to, text, about, null);
  }

  /**
   * A message that comments on none.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} as above
   */
  public Draft(MessageId id, Recipient to, String text) {
    this(id, to, text, null, null);
  }

  /**
   * A new message with an id of its own.
   *
   * @param to whom it goes to
   * @param text what to say
   * @return the draft
   * @throws ChatException with {@link ChatException.Code#INVALID} as the constructor says
   */
  public static Draft of(Recipient to, String text) {
    return new Draft(MessageId.random(), to, text);
  }

  /**
   * The same as a comment; it has to go to the chat in which the message stands.
   *
   * @param message what it comments on
   * @return the comment
   */
  public Draft about(MessageKey message) {
    return new Draft(id, to, text, Objects.requireNonNull(message, "message"), attachment);
  }

  /**
   * The same with something attached; only hubs take that.
   *
   * @param file what was uploaded
   * @return the message
   */
  public Draft attach(Attachment file) {
    return new Draft(id, to, text, about, Objects.requireNonNull(file, "file"));
  }

  /**
   * The same with another text. A file stays; a body was the text before, and goes.
   *
   * @param newText what to say
   * @return the message
   */
  public Draft withText(String newText) {
    Attachment kept = attachment != null && attachment.isBody() ? null : attachment;
    return new Draft(id, to, newText, about, kept);
  }
}
