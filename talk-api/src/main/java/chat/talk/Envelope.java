package chat.talk;

import chat.talk.internal.Text;
import java.util.Objects;
import org.jetbrains.annotations.Nullable;

/**
 * What travels from one peer to another: the unit of a {@link Transport}.
 *
 * @param id the message's identity; the same in every retry
 * @param from who sends it; a claim, not a proof
 * @param to whom it is meant for, so that a message to a stale address is noticed; null when the
 *     sender did not say
 * @param text what is said: any Unicode text, also empty
 */
public record Envelope(MessageId id, UserName from, @Nullable UserName to, String text) {
  /**
   * Checks the parts.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} when the text holds half a
   *     surrogate pair
   */
  public Envelope {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(from, "from");
    Text.requireUnicode(text);
  }
}
