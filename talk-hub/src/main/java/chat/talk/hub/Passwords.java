package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.Command;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jetbrains.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Hashes passwords and checks them, by bcrypt: slow on purpose, so elsewhere than on the hub's own
 * thread, a few at a time. Futures complete on the threads that do the work.
 */
final class Passwords implements AutoCloseable {
  static final int AT_ONCE = 2;
  static final int WAITING = 64;

  private static final String DIGITS =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int SALT_DIGITS = 22;
  private static final int SUM_DIGITS = 31;
  private static final Pattern HASH =
      Pattern.compile("\\$2[aby]\\$(0[4-9]|[12][0-9]|3[01])\\$[./A-Za-z0-9]{53}");

  private final int cost;
  private final String nobodys;
  private final RandomGenerator random;
  private final BoundedWork work;

  /**
   * Hashes with this cost.
   *
   * @param random for salts; used by {@link #hash} on its caller's thread
   * @param executor what the work runs on, null for threads of its own
   */
  Passwords(int cost, RandomGenerator random, @Nullable Executor executor) {
    this.cost = cost;
    this.nobodys = nobodys(cost);
    this.random = random;
    this.work = new BoundedWork("talk-hub-password", AT_ONCE, WAITING, executor);
  }

  /** The hash to keep; fails with INVALID, OVERLOADED or CLOSED. */
  CompletableFuture<String> hash(String password) {
    byte[] bytes = encode(password);
    if (bytes == null) {
      return CompletableFuture.failedFuture(
          new ChatException(
              Code.INVALID,
              "a password is %d to %d bytes of UTF-8, none of them zero"
                  .formatted(Command.MIN_PASSWORD, Command.MAX_PASSWORD)));
    }
    String salt = salt();
    return work.submit(() -> BCrypt.hashpw(bytes, salt));
  }

  /** Bcrypt takes 128 bits of the 132. */
  private String salt() {
    StringBuilder salt = new StringBuilder(header(cost));
    random.ints(SALT_DIGITS, 0, DIGITS.length()).forEach(i -> salt.append(DIGITS.charAt(i)));
    return salt.toString();
  }

  /**
   * Whether a password has this hash. No hash, because there is no such user or he has no password,
   * takes as long as a wrong password, so that time doesn't tell who exists.
   */
  CompletableFuture<Boolean> matches(String password, @Nullable String hash) {
    byte[] bytes = encode(password);
    return bytes == null
        ? CompletableFuture.completedFuture(false)
        : work.submit(() -> verify(bytes, hash == null ? nobodys : hash) && hash != null);
  }

  /** A hash that looks like any other, made without a password. */
  static String nobodys(int cost) {
    return header(cost) + "abcdefghijklmnopqrstuu" + ".".repeat(SUM_DIGITS);
  }

  /** Not by a format: that would write the digits of the default locale. */
  private static String header(int cost) {
    return "$2b$" + (cost < 10 ? "0" : "") + cost + "$";
  }

  private static boolean verify(byte[] password, String hash) {
    if (!HASH.matcher(hash).matches()) {
      throw new ChatException(Code.INTERNAL, "the stored hash of a password is no bcrypt");
    }
    return BCrypt.checkpw(password, hash);
  }

  /**
   * The bytes, or null when they can't be a password: bcrypt takes no notice of what lies beyond
   * {@link Command#MAX_PASSWORD}, and to it a zero ends a password, after which it begins anew.
   */
  private static byte @Nullable [] encode(String password) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      boolean fits = bytes.length >= Command.MIN_PASSWORD && bytes.length <= Command.MAX_PASSWORD;
      return fits && password.indexOf('\0') < 0 ? bytes : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  @Override
  public void close() {
    work.close();
  }
}
