package chat.talk;

import chat.talk.internal.Failures;
import chat.talk.internal.Text;
import java.util.UUID;

/**
 * Names a chat: 1 to {@value #MAX_LENGTH} characters out of {@code a-z A-Z 0-9 - _ . ~}, safe in a
 * URL as they stand.
 *
 * @param value the id itself
 */
public record ChatId(String value) implements Recipient, Comparable<ChatId> {
  /** The most characters an id may have: two user names and what joins them. */
  public static final int MAX_LENGTH = 2 * UserName.MAX_LENGTH + 1;

  /**
   * Checks the id.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} when it breaks the rule above
   */
  public ChatId {
    if (!Text.isMadeOf("-_.~", MAX_LENGTH, value)) {
      throw Failures.invalid(
          "a chat id is 1 to %d characters out of a-z A-Z 0-9 - _ . ~, but was %s",
          MAX_LENGTH, Text.quote(value));
    }
  }

  /**
   * The chat of this id.
   *
   * @param value the id
   * @return the id, checked
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is no id
   */
  public static ChatId of(String value) {
    return new ChatId(value);
  }

  /**
   * The direct chat of two users: the same one whoever starts it. A user name holds no {@code ~},
   * so no other chat can be taken for it.
   *
   * @param one one of the two
   * @param other the other, who may be the same user
   * @return the id of their chat
   */
  public static ChatId direct(UserName one, UserName other) {
    boolean ordered = one.compareTo(other) <= 0;
    return new ChatId(ordered ? one + "~" + other : other + "~" + one);
  }

  /**
   * A new id that no other chat has: 122 random bits.
   *
   * @return the id
   */
  public static ChatId random() {
    return new ChatId(UUID.randomUUID().toString());
  }

  /**
   * Whether this is a direct chat of a user.
   *
   * @param user who may be one of the two
   * @return false for all other chats
   */
  public boolean isDirectOf(UserName user) {
    return value.startsWith(user + "~") || value.endsWith("~" + user);
  }

  @Override
  public int compareTo(ChatId other) {
    return value.compareTo(other.value);
  }

  /** The bare id. */
  @Override
  public String toString() {
    return value;
  }
}
