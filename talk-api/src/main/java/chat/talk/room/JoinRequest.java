package chat.talk.room;

import chat.talk.ChatId;
import chat.talk.UserName;
import java.time.Instant;

/**
 * Somebody has come by a link and waits until the owner decides.
 *
 * @param chat into which he wants
 * @param user who
 * @param link the id of the link
 * @param time when he came
 */
public record JoinRequest(ChatId chat, UserName user, String link, Instant time) implements Fact {
  @Override
  public Key key() {
    return new Key("request", chat.value(), user.value());
  }
}
