package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.internal.Failures;
import java.util.Objects;

/**
 * Names bytes that lie in a {@link BlobStore}.
 *
 * @param digest of the bytes
 * @param size how many there are
 */
public record Blob(Digest digest, long size) {
  /**
   * Checks the parts.
   *
   * @throws ChatException with {@link Code#INVALID} when the size is negative
   */
  public Blob {
    Objects.requireNonNull(digest, "digest");
    if (size < 0) {
      throw Failures.invalid("a size is at least 0, but was %d", size);
    }
  }
}
