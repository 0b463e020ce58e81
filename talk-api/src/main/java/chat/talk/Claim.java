package chat.talk;

import chat.talk.internal.Failures;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jetbrains.annotations.Nullable;

/**
 * A secret that its maker keeps to show that a name is his. It travels as a bearer token and is
 * stored as a salted digest only; {@link #toString()} never shows it.
 */
public final class Claim {
  /** No claim: the name is open to everybody. */
  public static final Claim NONE = new Claim(null);

  /** The most characters a secret may have. */
  public static final int MAX_LENGTH = 512;

  private static final int RANDOM_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The token68 of RFC 9110, section 11.2: what a bearer token is made of. */
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9\\-._~+/]+=*");

  private final @Nullable String secret;

  private Claim(@Nullable String secret) {
    this.secret = secret;
  }

  /**
   * A claim with a secret of your own. Take a random one: a digest doesn't protect a word.
   *
   * @param secret 1 to {@value #MAX_LENGTH} characters that may stand in a bearer token
   * @return the claim
   * @throws ChatException with {@link ChatException.Code#INVALID} when it has other characters
   */
  public static Claim of(String secret) {
    if (secret.length() > MAX_LENGTH || !ALLOWED.matcher(secret).matches()) {
      throw Failures.invalid(
          "a claim's secret is 1 to %d characters out of a-z A-Z 0-9 - . _ ~ + / and = at its end",
          MAX_LENGTH);
    }
    return new Claim(secret);
  }

  /**
   * A claim with a new secret of 256 random bits.
   *
   * @return the claim
   */
  public static Claim random() {
    return new Claim(randomText(RANDOM_BYTES));
  }

  /**
   * The secret itself, to send or to keep in a safe place.
   *
   * @return the secret, empty for {@link #NONE}
   */
  public Optional<String> secret() {
    return Optional.ofNullable(secret);
  }

  /**
   * What a store keeps instead of the secret.
   *
   * @return salt and SHA-256, new at each call; null for {@link #NONE}
   */
  @Nullable
  String digest() {
    if (secret == null) {
      return null;
    }
    String salt = randomText(SALT_BYTES);
    return salt + ":" + sha256(salt + secret);
  }

  /** Whether this claim may change what was stored with the digest; anybody may if it is null. */
  boolean opens(@Nullable String digest) {
    if (digest == null) {
      return true;
    }
    int colon = digest.indexOf(':');
    String expected = digest.substring(colon + 1);
    String actual = secret == null ? "" : sha256(digest.substring(0, colon) + secret);
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.US_ASCII), actual.getBytes(StandardCharsets.US_ASCII));
  }

  private static String randomText(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Says whether there is a secret, not what it is. */
  @Override
  public String toString() {
    return secret == null ? "Claim.NONE" : "Claim[…]";
  }
}
