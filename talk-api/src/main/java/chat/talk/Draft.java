package chat.talk;

import java.util.Objects;

/**
 * A message on its way out. Keep a draft to send it again after a failure: the id makes sure that
 * it arrives once.
 *
 * @param id the identity it will have
 * @param to whom it goes to
 * @param text what to say: any Unicode text, also empty
 */
public record Draft(MessageId id, UserName to, String text) {
  /**
   * Checks the parts.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} when the text holds half a
   *     surrogate pair
   */
  public Draft {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(to, "to");
    Text.requireUnicode(text);
  }

  /**
   * A new message with an id of its own.
   *
   * @param to whom it goes to
   * @param text what to say
   * @return the draft
   * @throws ChatException with {@link ChatException.Code#INVALID} as the constructor says
   */
  public static Draft of(UserName to, String text) {
    return new Draft(MessageId.random(), to, text);
  }
}
