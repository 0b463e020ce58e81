package chat.talk.room;

import chat.talk.ChatId;
import chat.talk.UserName;
import java.time.Instant;

/**
 * Somebody may enter a private chat, if he wants to.
 *
 * @param chat which
 * @param title what the chat was called then
 * @param user who
 * @param by who invited him
 * @param time when
 */
public record Invitation(ChatId chat, String title, UserName user, UserName by, Instant time)
    implements Fact {
  @Override
  public Key key() {
    return new Key("invitation", chat.value(), user.value());
  }
}
