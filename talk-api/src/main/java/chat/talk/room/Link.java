package chat.talk.room;

import chat.talk.ChatId;
import java.time.Instant;

/**
 * A link by which people may ask to be let into a private chat. What it opens with is a {@link
 * Token} that only its maker knows, and those to whom he gives it.
 *
 * @param id the token's digest, which opens nothing
 * @param chat which
 * @param expires when it ends
 * @param uses how many users may still come by it
 * @param revoked whether it was ended before its time
 */
public record Link(String id, ChatId chat, Instant expires, int uses, boolean revoked)
    implements Fact {
  /**
   * The same after one more user has come by it.
   *
   * @return the link
   */
  public Link used() {
    return new Link(id, chat, expires, uses - 1, revoked);
  }

  /**
   * Whether one may still come by it.
   *
   * @param now the time
   * @return false once it is used up, expired or revoked
   */
  public boolean opensAt(Instant now) {
    return !revoked && uses > 0 && now.isBefore(expires);
  }

  /**
   * The same, ended before its time.
   *
   * @return the link
   */
  public Link ended() {
    return new Link(id, chat, expires, uses, true);
  }

  @Override
  public Key key() {
    return new Key("link", id, "");
  }
}
