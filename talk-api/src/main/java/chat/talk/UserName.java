package chat.talk;

import chat.talk.internal.Failures;
import chat.talk.internal.Text;

/**
 * A user's name: 1 to {@value #MAX_LENGTH} characters out of {@code a-z A-Z 0-9 - _ .}, but neither
 * {@code .} nor {@code ..}, which URLs would swallow. Case counts.
 *
 * @param value the name itself
 */
public record UserName(String value) implements Recipient, Comparable<UserName> {
  /** The most characters a name may have. */
  public static final int MAX_LENGTH = 64;

  /**
   * Checks the name.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} when it breaks the rule above
   */
  public UserName {
    if (!Text.isMadeOf("-_.", MAX_LENGTH, value) || value.equals(".") || value.equals("..")) {
      throw Failures.invalid(
          "a user name is 1 to %d characters out of a-z A-Z 0-9 - _ . and not . or .., but was %s",
          MAX_LENGTH, Text.quote(value));
    }
  }

  /**
   * The user of this name.
   *
   * @param value the name
   * @return the name, checked
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is no name
   */
  public static UserName of(String value) {
    return new UserName(value);
  }

  @Override
  public int compareTo(UserName other) {
    return value.compareTo(other.value);
  }

  /** The bare name. */
  @Override
  public String toString() {
    return value;
  }
}
