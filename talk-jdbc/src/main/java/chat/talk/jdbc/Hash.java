package chat.talk.jdbc;

import chat.talk.room.Digest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes the digest of bytes that come in pieces. */
final class Hash {
  private final MessageDigest sha256;

  Hash() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Takes the remaining bytes, and leaves the buffer as it is. */
  void add(ByteBuffer bytes) {
    sha256.update(bytes.duplicate());
  }

  /** The digest of all bytes; may be asked once. */
  Digest digest() {
    return Digest.of(HexFormat.of().formatHex(sha256.digest()));
  }
}
