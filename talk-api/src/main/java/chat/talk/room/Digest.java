package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.internal.Failures;
import chat.talk.internal.Text;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 of some bytes, by which a {@link BlobStore} knows them.
 *
 * @param value 64 digits out of {@code 0-9 a-f}: one digest has one form
 */
public record Digest(String value) implements Comparable<Digest> {
  private static final Pattern ALLOWED = Pattern.compile("[0-9a-f]{64}");

  /**
   * Checks the digits.
   *
   * @throws ChatException with {@link Code#INVALID} when it is anything else
   */
  public Digest {
    if (!ALLOWED.matcher(value).matches()) {
      throw Failures.invalid("a digest is 64 digits out of 0-9 a-f, but was %s", Text.quote(value));
    }
  }

  /**
   * The digest of these digits.
   *
   * @param value the digits
   * @return the digest, checked
   * @throws ChatException with {@link Code#INVALID} when it is no digest
   */
  public static Digest of(String value) {
    return new Digest(value);
  }

  /** Makes the digest of bytes that come in pieces. Not safe for several threads. */
  public static final class Sum {
    private final MessageDigest sha256;

    /** Begins with no bytes. */
    public Sum() {
      try {
        sha256 = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }

    /**
     * Takes the remaining bytes of a buffer, and leaves it as it is.
     *
     * @param bytes what comes next
     */
    public void add(ByteBuffer bytes) {
      sha256.update(bytes.duplicate());
    }

    /**
     * Ends it.
     *
     * @return the digest of all bytes; may be asked once
     */
    public Digest digest() {
      return of(HexFormat.of().formatHex(sha256.digest()));
    }
  }

  @Override
  public int compareTo(Digest other) {
    return value.compareTo(other.value);
  }

  /** The bare digits. */
  @Override
  public String toString() {
    return value;
  }
}
