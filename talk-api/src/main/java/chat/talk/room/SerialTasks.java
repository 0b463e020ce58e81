package chat.talk.room;

import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one after the other, in the order in which they came, each on a thread that brought
 * one: who finds another at it leaves his task to that one. So nobody waits, and no lock is held
 * while a task calls out. Tasks must not block.
 */
final class SerialTasks implements Executor {
  private static final System.Logger LOG = System.getLogger(SerialTasks.class.getName());

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (count.getAndIncrement() == 0) {
      do {
        run(tasks.remove());
      } while (count.decrementAndGet() > 0);
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "A client's task failed; the next ones go on", e);
    }
  }
}
