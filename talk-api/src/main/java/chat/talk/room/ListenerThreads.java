package chat.talk.room;

import chat.talk.Scheduler;
import chat.talk.internal.Threads;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads on which all clients of a JVM call their listeners and complete futures: as many at
 * work as there are cores. One that is long at the same task is taken for stuck, and another one
 * comes in its place while there is something to do, so who blocks delays nobody else. Threads end
 * some time after their last task.
 */
final class ListenerThreads implements Executor {
  private static final System.Logger LOG = System.getLogger(ListenerThreads.class.getName());

  /** How long at one task is long. */
  private static final Duration LONG = Duration.ofMillis(20);

  /** More than listeners that block at the same time, less than a system has room for. */
  private static final int MAX = 4096;

  /** The most that are added at once. */
  private static final int MAX_BURST = 256;

  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(Threads.KEEP_ALIVE_SECONDS);

  private final int cores;
  private final long idleNanos;
  private final ThreadFactory factory = Threads.daemons("talk-listener");
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isWatched = new AtomicBoolean();

  /** Guarded by this, as what follows; the numbers are read without. */
  private final Set<Worker> workers = new LinkedHashSet<>();

  private final Deque<Worker> idle = new ArrayDeque<>();
  private volatile int size;
  private volatile int idling;
  private volatile int stuck;

  /** How many are wanted at work. */
  private volatile int wanted;

  /**
   * Threads that come as they are needed.
   *
   * @param cores how many are at work unless some are stuck
   * @param idleNanos how long one without work stays
   */
  ListenerThreads(int cores, long idleNanos) {
    this.cores = cores;
    this.wanted = cores;
    this.idleNanos = idleNanos;
  }

  /** Those of this JVM. */
  static ListenerThreads shared() {
    return Shared.THREADS;
  }

  private static final class Shared {
    static final ListenerThreads THREADS =
        new ListenerThreads(Runtime.getRuntime().availableProcessors(), IDLE_NANOS);
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (working() < wanted) {
      help();
    } else {
      watch();
    }
  }

  /** How many threads there are. */
  int size() {
    return size;
  }

  private int working() {
    return size - idling - stuck;
  }

  /** Has one more thread at work, unless there are enough. */
  private void help() {
    Worker woken;
    synchronized (this) {
      if (working() >= wanted) {
        return;
      }
      woken = idle.poll();
      if (woken != null) {
        idling--;
        woken.isIdle = false;
      } else {
        add();
      }
    }
    if (woken != null) {
      LockSupport.unpark(woken.thread);
    }
  }

  private synchronized void add() {
    if (size < MAX) {
      Worker worker = new Worker();
      try {
        worker.thread.start();
      } catch (OutOfMemoryError e) {
        LOG.log(Level.ERROR, "No thread more can be had; those there are go on", e);
        return;
      }
      workers.add(worker);
      size++;
    }
  }

  /** Looks again and again whether somebody is stuck, while work waits. */
  private void watch() {
    if (!isWatched.get() && isWatched.compareAndSet(false, true)) {
      Scheduler.system().after(LONG, this::look);
    }
  }

  private void look() {
    countStuck();
    for (int i = wanted; i > 0 && !tasks.isEmpty(); i--) {
      help();
    }
    isWatched.set(false);
    if (tasks.isEmpty()) {
      calmDown();
    } else {
      watch();
    }
  }

  private synchronized void calmDown() {
    wanted = cores;
  }

  /** While all get stuck, twice as many come each time. */
  private synchronized void countStuck() {
    int count = 0;
    boolean isMoving = false;
    for (Worker worker : workers) {
      long begun = worker.begun.get();
      isMoving |= begun > worker.seen + 1;
      worker.isStuck = !worker.isIdle && worker.seen == begun;
      worker.seen = begun;
      count += worker.isStuck ? 1 : 0;
    }
    stuck = count;
    if (isMoving) {
      wanted = cores;
    } else if (working() <= 0) {
      wanted = Math.min(2 * wanted, MAX_BURST);
    }
  }

  private final class Worker implements Runnable {
    final Thread thread = factory.newThread(this);

    /** How many tasks it has begun; counted by its own thread. */
    final AtomicLong begun = new AtomicLong();

    /** What that was when it was last looked at. Guarded by the pool, as what follows. */
    long seen;

    volatile boolean isIdle;
    volatile boolean isStuck;

    @Override
    public void run() {
      do {
        work();
      } while (rest());
    }

    private void work() {
      Runnable task = tasks.poll();
      while (task != null) {
        run(task);
        task = isTooMany() ? null : tasks.poll();
      }
    }

    private void run(Runnable task) {
      begun.setRelease(begun.getPlain() + 1);
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "A task of a client failed", e);
      }
      Thread.interrupted(); // It was meant for that task.
    }

    private boolean isTooMany() {
      if (isStuck) {
        goOn();
      }
      return working() > wanted;
    }

    /** Stuck no more. */
    private void goOn() {
      synchronized (ListenerThreads.this) {
        if (isStuck) {
          isStuck = false;
          stuck--;
        }
      }
    }

    /** Waits for work. Says whether there may be some, and not the end. */
    private boolean rest() {
      lieDown();
      if (!tasks.isEmpty()) {
        help(); // What came since it looked has perhaps not seen that it lies down.
      }
      long end = System.nanoTime() + idleNanos;
      while (isIdle) {
        long left = end - System.nanoTime();
        if (left <= 0 && leave()) {
          return false;
        }
        LockSupport.parkNanos(ListenerThreads.this, left);
        Thread.interrupted(); // It would not park any more.
      }
      return true;
    }

    private void lieDown() {
      synchronized (ListenerThreads.this) {
        goOn();
        isIdle = true;
        idle.push(this);
        idling++;
      }
    }

    /** Ends, unless there is something to do after all. */
    private boolean leave() {
      synchronized (ListenerThreads.this) {
        if (!isIdle) {
          return false;
        }
        idle.remove(this);
        idling--;
        workers.remove(this);
        size--;
        return true;
      }
    }
  }
}
