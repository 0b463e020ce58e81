package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.internal.Text;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A random secret that opens something to whoever has it: a device's way in, or an invitation link.
 * Who needs one makes it himself and tells the hub, so that a request whose answer was lost can be
 * repeated. A hub keeps the {@link #digest()} only; {@link #toString()} never shows the secret.
 */
public final class Token {
  /** The least characters of a token: 128 bits in base 64, so that guessing is hopeless. */
  public static final int MIN_LENGTH = 22;

  /** The most characters of a token. */
  public static final int MAX_LENGTH = 512;

  private static final int RANDOM_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Besides letters and digits, what RFC 9110, section 11.2, allows and a URL holds unescaped. */
  private static final String ALLOWED_MARKS = "-._~";

  private final String secret;

  private Token(String secret) {
    this.secret = secret;
  }

  /**
   * The token of this secret.
   *
   * @param secret {@value #MIN_LENGTH} to {@value #MAX_LENGTH} characters out of {@code a-z A-Z 0-9
   *     - . _ ~}; take random ones, a digest doesn't protect words
   * @return the token
   * @throws ChatException with {@link Code#INVALID} when it is anything else
   */
  public static Token of(String secret) {
    if (secret.length() < MIN_LENGTH || !Text.isMadeOf(ALLOWED_MARKS, MAX_LENGTH, secret)) {
      throw new ChatException(
          Code.INVALID,
          "a token is %d to %d characters out of a-z A-Z 0-9 - . _ ~"
              .formatted(MIN_LENGTH, MAX_LENGTH));
    }
    return new Token(secret);
  }

  /**
   * A new token of 256 random bits.
   *
   * @return the token
   */
  public static Token random() {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }

  /**
   * The secret itself, to send or to keep in a safe place.
   *
   * @return the secret
   */
  public String secret() {
    return secret;
  }

  /**
   * What a hub keeps instead of the secret. It needs no salt: the secret is random.
   *
   * @return the SHA-256, in base 64
   */
  public String digest() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Token token && secret.equals(token.secret);
  }

  @Override
  public int hashCode() {
    return secret.hashCode();
  }

  /** Says that it is a token, not which. */
  @Override
  public String toString() {
    return "Token[…]";
  }
}
