package chat.talk;

import java.util.Objects;

/**
 * Points at a message: its author gave it the id, and only together are they unique.
 *
 * @param author who wrote it
 * @param id the id that he gave it
 */
public record MessageKey(UserName author, MessageId id) {
  /** Checks that nothing is missing. */
  public MessageKey {
    Objects.requireNonNull(author, "author");
    Objects.requireNonNull(id, "id");
  }
}
