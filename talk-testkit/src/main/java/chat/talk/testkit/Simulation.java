package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * A world of one thread, in which time is a number and chance comes out of a seed: the same seed
 * does the same again, however many clients, faults and crashes it holds. Nothing waits for real,
 * so minutes pass in milliseconds.
 *
 * <pre>{@code
 * Simulation simulation = new Simulation(42);
 * SimulatedNetwork network = new SimulatedNetwork(simulation).faults(Faults.rough());
 * Simulation.Node node = simulation.newNode();
 * HubClient alice = HubClient.join(network.at(hub, "alice"), "alice")
 *     .executor(node).scheduler(node).random(node.random()).open();
 * alice.send("bob", "Hello");
 * simulation.run(Duration.ofSeconds(5));
 * }</pre>
 *
 * <p>What takes part must run on a {@link Node} alone: no other thread, clock or random source.
 * {@link #fingerprint()} shows whether it does. Not for several threads; simulations don't share
 * anything, so that each thread may run its own.
 */
public final class Simulation {
  /** The system property that tests of Talk read to replay one seed. */
  public static final String SEED_PROPERTY = "talk.simulation.seed";

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int MAX_TASKS_AT_ONCE = 1_000_000;
  private static final int MANY_CANCELLED = 256;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long seed;
  private final SplittableRandom random;
  private final Node world;
  private final PriorityQueue<Task> timers = new PriorityQueue<>(1024);
  private Task[] ready = new Task[64];
  private int readyCount;
  private int cancelled;
  private long now;
  private Instant instant = START;
  private long instantAt;
  private long scheduled;
  private long fingerprint;
  private int tasksAtOnce;

  /**
   * A world at the start of the year 2026, UTC.
   *
   * @param seed what everything follows from
   */
  public Simulation(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.world = new Node();
    this.fingerprint = seed;
  }

  /**
   * What everything follows from.
   *
   * @return as given
   */
  public long seed() {
    return seed;
  }

  /**
   * The time here, and what to do later. Tasks that are due together run in the order in which they
   * were scheduled.
   *
   * @return one that never stops
   */
  public Scheduler scheduler() {
    return world;
  }

  /**
   * Runs tasks at the present instant, those that wait together in an order that the seed decides.
   *
   * @return one that never stops
   */
  public Executor executor() {
    return world;
  }

  /**
   * A random source for one who takes part: what others draw doesn't change what it gives.
   *
   * @return a new one at each call
   */
  public RandomGenerator newRandom() {
    return random.split();
  }

  /**
   * A process that can be slow, stop for a while, and die.
   *
   * @return a new and healthy one
   */
  public Node newNode() {
    return new Node();
  }

  /**
   * How much time has passed.
   *
   * @return since the start
   */
  public Duration elapsed() {
    return Duration.ofNanos(now);
  }

  /**
   * Lets time pass, and runs what falls due meanwhile.
   *
   * @param span how much
   * @throws AssertionError with the seed, when a task throws or tasks at one instant never end
   * @throws ChatException with {@link Code#INVALID} when the span is negative
   */
  public void run(Duration span) {
    runUntil(() -> false, span);
  }

  /**
   * Lets time pass until there is nothing left to do. Who repeats a task for ever is never quiet.
   *
   * @param limit the most time
   * @return whether it is quiet
   */
  public boolean runUntilQuiet(Duration limit) {
    return runUntil(() -> readyCount == 0 && timers.size() == cancelled, limit);
  }

  /**
   * Lets time pass until something is so.
   *
   * @param condition asked after each task
   * @param limit the most time
   * @return whether it is so
   */
  public boolean runUntil(BooleanSupplier condition, Duration limit) {
    long end = end(limit);
    while (!condition.getAsBoolean()) {
      if (!step(end)) {
        now = end;
        return condition.getAsBoolean();
      }
    }
    return true;
  }

  private long end(Duration limit) {
    if (limit.isNegative()) {
      throw new ChatException(Code.INVALID, "time goes on only, not by " + limit);
    }
    Duration left = Duration.ofNanos(Long.MAX_VALUE - now);
    return limit.compareTo(left) < 0 ? now + limit.toNanos() : Long.MAX_VALUE;
  }

  /** Runs one task up to a time, if there is one. */
  private boolean step(long end) {
    if (readyCount > 0) {
      run(takeReady());
      return true;
    }
    Task next = timers.peek();
    if (next == null || next.due > end) {
      return false;
    }
    timers.poll();
    if (next.action == null) {
      cancelled--;
      return true;
    }
    moveTo(next.due);
    run(next);
    return true;
  }

  private Task takeReady() {
    int chosen = readyCount == 1 ? 0 : random.nextInt(readyCount);
    Task task = ready[chosen];
    ready[chosen] = ready[--readyCount];
    ready[readyCount] = null;
    return task;
  }

  private void moveTo(long time) {
    if (time > now) {
      now = time;
      tasksAtOnce = 0;
    }
  }

  private void run(Task task) {
    if (task.node.dead) {
      task.action = null;
      return;
    }
    if (task.node.pausedUntil > now) {
      task.due = task.node.pausedUntil;
      timers.add(task);
      return;
    }
    Runnable action = task.action;
    task.action = null;
    if (++tasksAtOnce > MAX_TASKS_AT_ONCE) {
      throw new AssertionError("tasks without end at " + elapsed() + " in " + this);
    }
    note(task.number);
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      if (!task.node.dead) {
        throw new AssertionError("a task failed at " + elapsed() + " in " + this, e);
      }
    }
  }

  private Task add(Node node, long due, Runnable action) {
    Task task = new Task(this, node, due, scheduled++, action);
    timers.add(task);
    return task;
  }

  private void addReady(Node node, Runnable action) {
    if (readyCount == ready.length) {
      ready = Arrays.copyOf(ready, readyCount * 2);
    }
    ready[readyCount++] = new Task(this, node, now, scheduled++, action);
  }

  /** Schedules for the world itself, which never stops. */
  void at(long time, Runnable action) {
    add(world, Math.max(time, now), action);
  }

  long now() {
    return now;
  }

  private void cancel(Task task) {
    if (task.action != null) {
      task.action = null;
      if (++cancelled > MANY_CANCELLED && cancelled > timers.size() / 2) {
        timers.removeIf(each -> each.action == null);
        cancelled = 0;
      }
    }
  }

  /**
   * Adds something to the {@linkplain #fingerprint() fingerprint}.
   *
   * @param value what came out somewhere
   */
  public void note(long value) {
    fingerprint = (fingerprint ^ value ^ now) * 0x9E3779B97F4A7C15L;
    fingerprint ^= fingerprint >>> 29;
  }

  /**
   * A hash of all that happened, in its order.
   *
   * @return the same for each run of the same seed; otherwise something takes part that depends on
   *     more than the seed
   */
  public long fingerprint() {
    return fingerprint;
  }

  /** The seed, and how to replay it. */
  @Override
  public String toString() {
    return "Simulation[seed=" + seed + ", replay with -D" + SEED_PROPERTY + "=" + seed + "]";
  }

  /**
   * A process in the simulation: what it is given to run stops with it. Everything on it runs one
   * after the other.
   */
  public final class Node implements Executor, Scheduler {
    private final SplittableRandom source = random.split();
    private boolean dead;
    private long pausedUntil;
    private long maxLag;

    private Node() {}

    @Override
    public void execute(Runnable task) {
      Objects.requireNonNull(task, "task");
      if (maxLag > 0) {
        add(this, now + source.nextLong(maxLag), task);
      } else {
        addReady(this, task);
      }
    }

    @Override
    public Instant now() {
      if (instantAt != now) {
        instantAt = now;
        instant = START.plusSeconds(now / NANOS_PER_SECOND).plusNanos(now % NANOS_PER_SECOND);
      }
      return instant;
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
      Objects.requireNonNull(task, "task");
      return add(this, now + Math.max(0, delay.toNanos()), task);
    }

    /**
     * A random source of the node's own.
     *
     * @return a new one at each call
     */
    public RandomGenerator random() {
      return source.split();
    }

    /**
     * Makes it slow from now on: each task given to {@link #execute} begins up to this much later.
     *
     * @param most zero for a node that is not slow
     */
    public void lag(Duration most) {
      maxLag = most.toNanos();
    }

    /**
     * Stops it for a while, as a laptop that sleeps: what it has to do is done afterwards.
     *
     * @param span for how long
     */
    public void pause(Duration span) {
      pausedUntil = now + span.toNanos();
    }

    /** Ends it at once: nothing that was given to it runs any more, nor what will be. */
    public void kill() {
      dead = true;
    }

    /**
     * Whether it still runs.
     *
     * @return false once it was killed
     */
    public boolean isAlive() {
      return !dead;
    }
  }

  private static final class Task implements Comparable<Task>, Scheduler.Cancellable {
    private final Simulation simulation;
    private final Node node;
    private final long number;
    private long due;

    /** Null once run or called off. */
    private Runnable action;

    Task(Simulation simulation, Node node, long due, long number, Runnable action) {
      this.simulation = simulation;
      this.node = node;
      this.due = due;
      this.number = number;
      this.action = action;
    }

    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(due, other.due);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }

    @Override
    public void cancel() {
      simulation.cancel(this);
    }
  }
}
