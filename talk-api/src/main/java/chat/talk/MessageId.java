package chat.talk;

import chat.talk.internal.Failures;
import chat.talk.internal.Text;
import chat.talk.internal.TimedIds;

/**
 * A message's identity, chosen by whoever sends it: 1 to {@value #MAX_LENGTH} characters out of
 * {@code a-z A-Z 0-9 - _ . : ~}. An author uses an id once; sending the same id again is a retry,
 * whatever it says, which is answered with the first result and never doubles the message.
 *
 * @param value the id itself
 */
public record MessageId(String value) implements Comparable<MessageId> {
  /** The most characters an id may have. */
  public static final int MAX_LENGTH = 64;

  /**
   * Checks the id.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} when it breaks the rule above
   */
  public MessageId {
    if (!Text.isMadeOf("-_.:~", MAX_LENGTH, value)) {
      throw Failures.invalid(
          "a message id is 1 to %d characters out of a-z A-Z 0-9 - _ . : ~, but was %s",
          MAX_LENGTH, Text.quote(value));
    }
  }

  /**
   * The message of this id.
   *
   * @param value the id
   * @return the id, checked
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is no id
   */
  public static MessageId of(String value) {
    return new MessageId(value);
  }

  /**
   * A new id that nobody else has: a UUID of version 7 (RFC 9562), which begins with the time. Of
   * two that are made in this JVM the later is the greater, so that a storage keeps what is new in
   * one place.
   *
   * @return the id
   */
  public static MessageId random() {
    return new MessageId(TimedIds.next().toString());
  }

  @Override
  public int compareTo(MessageId other) {
    return value.compareTo(other.value);
  }

  /** The bare id. */
  @Override
  public String toString() {
    return value;
  }
}
