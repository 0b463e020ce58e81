package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blocking steps of one upload or download: one at a time, on the hub's threads. What it holds
 * is released after its last step, by a failure, its user or the end of the session.
 */
final class Steps {
  private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

  private final BoundedWork work;
  private final Runnable release;
  private Runnable onEnd = () -> {};

  /** Guarded by this, as what follows. */
  private boolean busy;

  /** Why there are no more steps; null while there are. */
  private @Nullable ChatException end;

  /**
   * New ones.
   *
   * @param release lets go of what is held; blocks, and may be called twice
   */
  Steps(BoundedWork work, Runnable release) {
    this.work = work;
    this.release = release;
  }

  /** Must be called before the first step. */
  void onEnd(Runnable then) {
    onEnd = then;
  }

  /** The next step; one that fails is the last. */
  <T> CompletableFuture<T> next(Supplier<T> step) {
    ChatException refusal = begin();
    if (refusal != null) {
      return CompletableFuture.failedFuture(refusal);
    }
    return work.submit(step).whenComplete((value, failure) -> done(failure));
  }

  private synchronized @Nullable ChatException begin() {
    if (end != null) {
      return end;
    }
    if (busy) {
      return new ChatException(Code.INVALID, "the call before has not been answered yet");
    }
    busy = true;
    return null;
  }

  private void done(@Nullable Throwable failure) {
    boolean isOver;
    synchronized (this) {
      busy = false;
      isOver = end != null;
    }
    if (isOver) {
      release();
    } else if (failure != null) {
      end(new ChatException(Code.CLOSED, "the transfer has failed"));
    }
  }

  /** Lets no more steps begin. */
  void end(ChatException why) {
    synchronized (this) {
      if (end != null) {
        return;
      }
      end = why;
      if (busy) {
        return; // Whoever is at it releases.
      }
    }
    CompletableFuture<Boolean> released = work.submit(this::release);
    if (released.isCompletedExceptionally()) {
      release();
    }
  }

  private boolean release() {
    try {
      release.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("A transfer could not be ended", e);
    }
    onEnd.run();
    return true;
  }
}
