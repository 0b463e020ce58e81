package chat.talk.http.internal;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done once an event loop has read all that is there just now, whichever connections
 * it came from: so what came in together is handed over together, and whoever works on it is not
 * woken by the first of a thousand messages. Who sends alone waits for nothing. Only for the thread
 * of the event loop.
 */
final class ReadTurn {
  private static final FastThreadLocal<ReadTurn> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected ReadTurn initialValue() {
          return new ReadTurn();
        }
      };

  private List<Runnable> tasks = new ArrayList<>();

  private ReadTurn() {}

  /** Of this thread. */
  static ReadTurn current() {
    return OF_THREAD.get();
  }

  /** Does something at the end of the turn, in the order of the calls. */
  void atEnd(EventExecutor loop, Runnable task) {
    if (tasks.isEmpty()) {
      // The event loop comes to its tasks when it has read from all connections that are ready.
      loop.execute(this::end);
    }
    tasks.add(task);
  }

  /** Does now what is to be done at the end. */
  void end() {
    List<Runnable> ended = tasks;
    if (!ended.isEmpty()) {
      tasks = new ArrayList<>(ended.size());
      ended.forEach(Runnable::run);
    }
  }
}
