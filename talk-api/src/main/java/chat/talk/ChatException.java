package chat.talk;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jetbrains.annotations.Nullable;

/**
 * What went wrong, for a program ({@link #code()}, {@link #isRetryable()}) and for a person ({@link
 * #getMessage()}). Talk throws nothing else of its own, and completes its futures with nothing
 * else. Messages name what was wrong with the input, never a secret or a message's text.
 */
public final class ChatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Code code;
  private final @Nullable Instant retryAt;

  /** The kinds of failure. The names are stable: they are what goes over the wire. */
  public enum Code {
    /** The input breaks a rule; the same input will be refused again. */
    INVALID(false),
    /** Nobody of this name is registered. */
    UNKNOWN_USER(false),
    /** The name belongs to somebody else. */
    NAME_TAKEN(false),
    /** The caller may not do this, say, because the name was claimed with another secret. */
    FORBIDDEN(false),
    /** The token or password is not, or no longer, one that opens this. */
    UNAUTHENTICATED(false),
    /** There is no such thing: a message, an invitation, a device. */
    NOT_FOUND(false),
    /** It was there and is no more: an erased message, a closed chat, a link that is used up. */
    GONE(false),
    /** What exists under this id is something else. A message sent again is not: it is a repeat. */
    CONFLICT(false),
    /** The user may not send until {@link ChatException#retryAt()}. */
    BANNED(false),
    /** The user has sent as much as he may until {@link ChatException#retryAt()}. */
    LIMITED(false),
    /** An endpoint cannot be opened where it was asked for. */
    CANNOT_LISTEN(false),
    /** No transport here speaks the protocol of the user's address. */
    NO_TRANSPORT(false),
    /** The other side answered that the message was meant for somebody else. */
    MISDIRECTED(true),
    /** The message or request is larger than the other side takes. */
    TOO_LARGE(false),
    /** The other side understood, and said no for a reason that has no code of its own. */
    REFUSED(false),
    /** The other side answered something that is not what it should be. */
    BAD_ANSWER(false),
    /** No connection could be made, or it broke before an answer came. */
    UNREACHABLE(true),
    /** No answer came in time; whether the other side acted is not known. */
    TIMED_OUT(true),
    /** Too much is waiting already; later there may be room. */
    OVERLOADED(true),
    /** The client, endpoint or storage has been closed. */
    CLOSED(false),
    /** The storage failed; nothing was stored. */
    STORAGE(true),
    /** A fault in Talk or in a plug-in; the cause tells more. */
    INTERNAL(false);

    private final boolean retryable;

    Code(boolean retryable) {
      this.retryable = retryable;
    }

    /**
     * Whether the same call may succeed later. A retried send is safe: its id keeps it from
     * doubling.
     *
     * @return true when trying again makes sense
     */
    public boolean isRetryable() {
      return retryable;
    }
  }

  /**
   * A failure.
   *
   * @param code its kind
   * @param message for a person
   */
  public ChatException(Code code, String message) {
    this(code, message, null, null);
  }

  /**
   * A failure that another one caused.
   *
   * @param code its kind
   * @param message for a person
   * @param cause what lies beneath, or null
   */
  public ChatException(Code code, String message, @Nullable Throwable cause) {
    this(code, message, null, cause);
  }

  /**
   * A refusal that ends at a known time.
   *
   * @param code its kind
   * @param message for a person
   * @param retryAt when the same call is no longer refused for this reason
   */
  public ChatException(Code code, String message, Instant retryAt) {
    this(code, message, Objects.requireNonNull(retryAt, "retryAt"), null);
  }

  private ChatException(
      Code code, String message, @Nullable Instant retryAt, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.retryAt = retryAt;
  }

  /**
   * When the same call is no longer refused for this reason.
   *
   * @return the time by the clock of whoever refused, empty when it is not known
   */
  public Optional<Instant> retryAt() {
    return Optional.ofNullable(retryAt);
  }

  /**
   * The kind of failure.
   *
   * @return never null
   */
  public Code code() {
    return code;
  }

  /**
   * Whether the same call may succeed later.
   *
   * @return as {@link Code#isRetryable()} says
   */
  public boolean isRetryable() {
    return code.isRetryable();
  }

  /**
   * The failure as a {@code ChatException}: what wraps one in a future is taken off, and anything
   * else becomes {@link Code#INTERNAL} with the failure as its cause.
   *
   * @param failure what a future or a plug-in threw
   * @return the failure in Talk's terms
   */
  public static ChatException of(Throwable failure) {
    Throwable bare = failure;
    while (bare.getCause() != null
        && (bare instanceof CompletionException || bare instanceof ExecutionException)) {
      bare = bare.getCause();
    }
    return bare instanceof ChatException known
        ? known
        : new ChatException(Code.INTERNAL, "unexpected: " + bare, bare);
  }
}
