package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.Cursor;
import chat.talk.Scheduler;
import chat.talk.Scheduler.Cancellable;
import org.jetbrains.annotations.Nullable;

/**
 * Asks a storage that fails, a pause apart, until it works again: nobody else may want anything of
 * it meanwhile. May be used by any threads.
 */
final class Recovery {
  private final State state;
  private final Store store;
  private final Loop loop;
  private final Fetcher fetcher;
  private final Scheduler scheduler;

  /** Guarded by this, as what follows. */
  private boolean asking;

  private boolean stopped;
  private @Nullable Cancellable timer;

  Recovery(State state, Store store, Loop loop, Fetcher fetcher, Scheduler scheduler) {
    this.state = state;
    this.store = store;
    this.loop = loop;
    this.fetcher = fetcher;
    this.scheduler = scheduler;
  }

  /** The storage has begun to fail. */
  synchronized void begin() {
    if (!asking) {
      asking = true;
      askLater();
    }
  }

  synchronized void stop() {
    stopped = true;
    if (timer != null) {
      timer.cancel();
    }
  }

  private synchronized void askLater() {
    if (!stopped) {
      timer = scheduler.after(Loop.PAUSE, this::ask);
    }
  }

  private void ask() {
    if (store.writesFail()) {
      loop.submit(new Write());
    } else if (store.readsFail()) {
      fetcher
          .read(() -> store.readBefore(State.GENERAL, Cursor.END, 1))
          .whenComplete((page, failure) -> askLater());
    } else {
      end();
    }
  }

  private synchronized void end() {
    asking = false;
    if (store.failingSince().isPresent()) {
      begin();
    }
  }

  /** Writes once more what is there. */
  private final class Write implements Loop.Task {
    @Override
    public boolean decide(Batch batch) {
      batch.put(state.general().fact());
      batch.then(Recovery.this::askLater);
      return true;
    }

    @Override
    public void fail(ChatException why) {
      askLater();
    }
  }
}
