package chat.talk.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jetbrains.annotations.Nullable;

/**
 * A TCP proxy on loopback that makes the trouble that networks make, when a test says so, or at
 * random moments. It knows nothing of what it carries, so it stands between any client and any
 * server.
 *
 * <pre>{@code
 * try (TroubledProxy proxy = TroubledProxy.to(server.port())) {
 *   Client client = connect("127.0.0.1", proxy.port());
 *   proxy.cutAfter(Side.SERVER, 17, Ending.RESET); // In the middle of a frame.
 *   ...
 * }
 * }</pre>
 *
 * <p>Trouble is for all connections, those that are open as well as those that come; unless it
 * happens at once, it lasts until it is set otherwise or {@link #calm()} ends all of it. All
 * methods may be called by any thread. None but {@link #close()} and those that await something
 * wait.
 */
public final class TroubledProxy implements AutoCloseable {
  /** One end of the connections that go through; what it sends is one of their directions. */
  public enum Side {
    /** Who connects to the proxy. */
    CLIENT,
    /** What the proxy connects to. */
    SERVER;

    Side other() {
      return this == CLIENT ? SERVER : CLIENT;
    }
  }

  /** How a connection ends. */
  public enum Ending {
    /** Broken off (RST): what is under way may be lost, and both sides get an error. */
    RESET,
    /** In order (FIN): both sides get all that has passed, and then the end of the stream. */
    CLOSE
  }

  private final Object lock = new Object();
  private final Map<Side, TroubledFlow> flows = new EnumMap<>(Side.class);
  private final TroubledDoor door;

  /** Guarded by the lock, as what follows. */
  private final Set<TroubledLink> links = new LinkedHashSet<>();

  private final Set<Thread> threads = new LinkedHashSet<>();
  private int serverPort;
  private int accepted;
  private boolean swallows;
  private boolean isClosed;
  private @Nullable RandomTrouble plan;

  private TroubledProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    for (Side side : Side.values()) {
      flows.put(side, new TroubledFlow(lock));
    }
    door = new TroubledDoor(this);
    door.open();
  }

  /**
   * Opens a proxy at a free port of this machine, which makes no trouble yet.
   *
   * @param port where the server listens on loopback; it needs not be there yet: without it,
   *     connections are reset
   * @return the proxy
   */
  public static TroubledProxy to(int port) {
    try {
      return new TroubledProxy(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Where clients connect to.
   *
   * @return the port on loopback
   */
  public int port() {
    return door.port();
  }

  /**
   * Has new connections go to another server, say, one that was started in place of another.
   *
   * @param port where it listens on loopback
   */
  public void leadTo(int port) {
    synchronized (lock) {
      serverPort = port;
    }
  }

  // Connections.

  /**
   * Ends all connections that are open.
   *
   * @param how as it says
   */
  public void cut(Ending how) {
    open().forEach(link -> link.cut(how));
  }

  /**
   * Ends the connection over which a byte passes, directly after it. Once.
   *
   * @param from who sends it
   * @param bytes which one, counted from now, in that direction over all connections; at least 1
   * @param how as it says
   */
  public void cutAfter(Side from, long bytes, Ending how) {
    flow(from).cutAfter(bytes, how);
  }

  /**
   * Has one side not send any more over what is open now: the other one gets the end of its stream
   * (FIN), and may go on to send. What it sends nevertheless is dropped.
   *
   * @param from who is cut short
   */
  public void halfClose(Side from) {
    open().forEach(link -> link.halfClose(from));
  }

  /**
   * Leaves what is open now half-open: one side's connections are reset, and the other side
   * believes that it is still connected. What it sends is dropped, and it never gets an answer.
   *
   * @param side who loses its connections
   */
  public void drop(Side side) {
    open().forEach(link -> link.drop(side));
  }

  // New connections.

  /** Refuses new connections, as a machine does on which nobody listens. */
  public void refuse() {
    door.shut();
  }

  /** Accepts new connections from now on, drops all that comes over them, and never answers. */
  public void swallow() {
    set(true);
  }

  /** Serves new connections again after {@link #refuse()} or {@link #swallow()}. */
  public void serve() {
    set(false);
  }

  private void set(boolean swallowing) {
    synchronized (lock) {
      swallows = swallowing;
    }
    door.open();
  }

  // Bytes on their way.

  /**
   * Holds back what one side sends.
   *
   * @param from who sends it
   */
  public void stall(Side from) {
    flow(from).stall();
  }

  /**
   * Lets that go on.
   *
   * @param from who sends it
   */
  public void goOn(Side from) {
    flow(from).goOn();
  }

  /**
   * Lets bytes wait, and merges those that gather meanwhile.
   *
   * @param from who sends them
   * @param delay for how long at least; zero ends it
   */
  public void delay(Side from, Duration delay) {
    flow(from).delay(delay);
  }

  /**
   * Splits what is sent into small segments.
   *
   * @param from who sends it
   * @param bytes how much goes on at once, at least 1; {@link Integer#MAX_VALUE} ends it
   */
  public void split(Side from, int bytes) {
    flow(from).split(bytes);
  }

  /**
   * Lets only so much pass.
   *
   * @param from who sends it
   * @param bytesPerSecond over each connection, at least 1; {@link Integer#MAX_VALUE} ends it
   */
  public void throttle(Side from, int bytesPerSecond) {
    flow(from).throttle(bytesPerSecond);
  }

  // At random, and the end of it.

  /**
   * Makes trouble of all kinds at random moments until {@link #calm()}: after a random number of
   * bytes, or when nothing passes, after a while. No single trouble lasts for more than half a
   * second.
   *
   * @param random what happens; when it happens depends on the machine as well
   */
  public void randomly(RandomGenerator random) {
    begin(new RandomTrouble(this, random, RandomTrouble.Pace.OFTEN));
  }

  /**
   * Makes trouble of all kinds at random places until {@link #calm()}: after a random number of
   * bytes, and never while nothing passes. So it doesn't depend on how fast a machine is how much
   * gets through. It becomes less and less, so that anything gets through in the end. No single
   * trouble lasts for more than a twentieth of a second.
   *
   * @param random what happens
   * @param most how many bytes pass between two troubles at most, in the beginning; at least 2
   */
  public void randomly(RandomGenerator random, int most) {
    requireSome(most);
    begin(new RandomTrouble(this, random, RandomTrouble.Pace.of(most)));
  }

  private static void requireSome(int most) {
    if (most < 2) {
      throw new IllegalArgumentException("most is at least 2, but was " + most);
    }
  }

  private void begin(RandomTrouble next) {
    synchronized (lock) {
      if (plan != null) {
        throw new IllegalStateException("it makes trouble at random already");
      }
      plan = next;
    }
    start("plan", next);
  }

  /** Ends all trouble that lasts, at once. What was cut remains so. */
  public void calm() {
    RandomTrouble old;
    synchronized (lock) {
      old = plan;
      plan = null;
    }
    if (old != null) {
      old.end();
    }
    flows.values().forEach(TroubledFlow::calm);
    serve();
  }

  // What a test waits for.

  /**
   * How many connections were accepted so far, also those that were swallowed.
   *
   * @return the count
   */
  public int accepted() {
    synchronized (lock) {
      return accepted;
    }
  }

  /**
   * How much one side has sent so far that was passed on.
   *
   * @param from who sent it
   * @return bytes
   */
  public long passed(Side from) {
    return flow(from).passed();
  }

  /**
   * Waits until so many connections were accepted.
   *
   * @param count how many in all
   * @throws AssertionError when that takes too long
   */
  public void awaitAccepted(int count) {
    await(count + " connections", () -> accepted >= count);
  }

  /**
   * Waits until so many connections are open, no more and no less; one that was cut is not.
   *
   * @param count how many
   * @throws AssertionError when that takes too long
   */
  public void awaitOpen(int count) {
    await("%d open connections".formatted(count), () -> open().size() == count);
  }

  /**
   * Waits until so much was passed on.
   *
   * @param from who has sent it
   * @param bytes how much in all
   * @throws AssertionError when that takes too long
   */
  public void awaitPassed(Side from, long bytes) {
    await("%d bytes from %s".formatted(bytes, from), () -> passed(from) >= bytes);
  }

  private void await(String what, BooleanSupplier condition) {
    if (!Monitors.await(lock, Await.LIMIT, condition)) {
      throw new AssertionError("waited %s for %s: %s".formatted(Await.LIMIT, what, this));
    }
  }

  /** Resets all connections, and waits until all of its threads have ended. */
  @Override
  public void close() {
    door.close();
    List<TroubledLink> all;
    List<Thread> running;
    synchronized (lock) {
      isClosed = true;
      all = List.copyOf(links);
      running = List.copyOf(threads);
    }
    all.forEach(link -> link.cut(Ending.RESET));
    calm();
    running.forEach(TroubledProxy::join);
  }

  private static void join(Thread thread) {
    try {
      thread.join(Await.LIMIT.toMillis());
    } catch (InterruptedException e) {
      throw Await.interrupted(e);
    }
    if (thread.isAlive()) {
      throw new AssertionError(thread + " did not end");
    }
  }

  // For its parts.

  Object lock() {
    return lock;
  }

  TroubledFlow flow(Side from) {
    return flows.get(from);
  }

  int serverPort() {
    synchronized (lock) {
      return serverPort;
    }
  }

  /** Those that were not cut, the oldest first. */
  List<TroubledLink> open() {
    synchronized (lock) {
      return links.stream().filter(TroubledLink::isOpen).toList();
    }
  }

  void accept(Socket client) {
    TroubledLink link;
    synchronized (lock) {
      link = new TroubledLink(this, client, swallows);
      accepted++;
      links.add(link);
      lock.notifyAll();
    }
    start("client", link::serve);
    if (isClosed()) {
      link.cut(Ending.RESET);
    }
  }

  private boolean isClosed() {
    synchronized (lock) {
      return isClosed;
    }
  }

  void ended(TroubledLink link) {
    synchronized (lock) {
      links.remove(link);
      lock.notifyAll();
    }
  }

  /** Runs it on a thread that {@link #close()} waits for; not at all after that. */
  void start(String name, Runnable task) {
    Thread thread = new Thread(() -> run(task), "troubled-%s-%d".formatted(name, port()));
    thread.setDaemon(true);
    synchronized (lock) {
      if (!isClosed) {
        threads.add(thread);
        thread.start();
      }
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } finally {
      synchronized (lock) {
        threads.remove(Thread.currentThread());
      }
    }
  }

  /** What it carries and, when trouble is made at random, what that was of late. */
  @Override
  public String toString() {
    synchronized (lock) {
      return "TroubledProxy[port=%d, accepted=%d, open=%d, passed=%s%s]"
          .formatted(port(), accepted, open().size(), flows, plan == null ? "" : ", " + plan);
    }
  }
}
