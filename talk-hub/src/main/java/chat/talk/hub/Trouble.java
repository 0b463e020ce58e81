package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the storage's calls of one kind fail, and since when. May be used by any threads. */
final class Trouble {
  private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

  /** How much time lies between two lines in the log that say the same, at least. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final String what;
  private final Code unclear;
  private final Supplier<Instant> clock;
  private Runnable onBegin = () -> {};

  /**
   * When calls began to fail, null while they don't. Written under the lock, as all that follows.
   */
  private volatile @Nullable Instant since;

  private @Nullable Instant lastLine;
  private boolean told;

  /**
   * None so far.
   *
   * @param what the calls can't be, in the log
   * @param unclear what a failure means that the storage has no code for
   * @param clock tells the time
   */
  Trouble(String what, Code unclear, Supplier<Instant> clock) {
    this.what = what;
    this.unclear = unclear;
    this.clock = clock;
  }

  /** Must be called before the first call is watched. */
  void onBegin(Runnable listener) {
    onBegin = listener;
  }

  Optional<Instant> since() {
    return Optional.ofNullable(since);
  }

  /** Whatever is thrown is a {@code ChatException}. */
  <T> T watch(Supplier<T> call) {
    try {
      T result = call.get();
      if (since != null) {
        end();
      }
      return result;
    } catch (RuntimeException | Error e) {
      ChatException why = asStorageFailure(e);
      if (why.code() != Code.INVALID) {
        fail(e);
      }
      throw why;
    }
  }

  private ChatException asStorageFailure(Throwable e) {
    return e instanceof ChatException known
        ? known
        : new ChatException(unclear, "the storage failed", e);
  }

  private void fail(Throwable why) {
    boolean begins;
    synchronized (this) {
      Instant now = clock.get();
      begins = since == null;
      since = begins ? now : since;
      tell(now, why);
    }
    if (begins) {
      Decisions.guarded(onBegin);
    }
  }

  private void tell(Instant now, Throwable why) {
    if (lastLine != null && now.isBefore(lastLine.plus(SILENCE))) {
      return;
    }
    if (told) {
      LOG.error("The storage still can't be {}, since {}: {}", what, since, why.toString());
    } else {
      LOG.error("The storage can't be {}", what, why);
    }
    lastLine = now;
    told = true;
  }

  private synchronized void end() {
    if (told) {
      LOG.info("The storage can be {} again; it could not since {}", what, since);
    }
    since = null;
    told = false;
  }
}
