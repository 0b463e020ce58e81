package chat.talk;

import java.time.Instant;
import java.util.Objects;

/**
 * What somebody said in a chat.
 *
 * @param chat where
 * @param id its identity; the author's retries carry the same
 * @param author who said it; between peers a claim, not a proof (a hub checks it)
 * @param text what was said: any Unicode text, also empty
 * @param time when it entered the log, by the clock of whoever keeps the log
 */
public record ChatMessage(ChatId chat, MessageId id, UserName author, String text, Instant time)
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
    Text.requireUnicode(text);
  }
}
