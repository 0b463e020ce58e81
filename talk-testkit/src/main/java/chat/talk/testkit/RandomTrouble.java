package chat.talk.testkit;

import chat.talk.testkit.TroubledProxy.Ending;
import chat.talk.testkit.TroubledProxy.Side;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Has a {@link TroubledProxy} make one trouble after the other, at random moments. */
final class RandomTrouble implements Runnable {
  private static final int REMEMBERED = 20;

  private final TroubledProxy proxy;
  private final RandomGenerator random;
  private final Pace pace;

  /** Guarded by the proxy's lock, as what follows. */
  private final Deque<String> latest = new ArrayDeque<>();

  private int count;
  private boolean isOver;

  /**
   * How much there is of it.
   *
   * @param bytes how many pass between two troubles at most
   * @param quiet how much time passes between them at most
   * @param span how long one lasts at most
   * @param isFading whether twice as much passes after each two, so that anything gets through
   */
  record Pace(int bytes, Duration quiet, Duration span, boolean isFading) {
    static final Pace OFTEN =
        new Pace(20_000, Duration.ofMillis(200), Duration.ofMillis(400), false);

    /** However long that takes. */
    static Pace of(int bytes) {
      return new Pace(bytes, Duration.ofDays(1), Duration.ofMillis(50), true);
    }
  }

  RandomTrouble(TroubledProxy proxy, RandomGenerator random, Pace pace) {
    this.proxy = proxy;
    this.random = random;
    this.pace = pace;
  }

  void end() {
    synchronized (proxy.lock()) {
      isOver = true;
      proxy.lock().notifyAll();
    }
  }

  @Override
  public void run() {
    while (!isOver()) {
      awaitMoment();
      if (!isOver()) {
        make(random.nextInt(10));
      }
    }
  }

  private boolean isOver() {
    synchronized (proxy.lock()) {
      return isOver;
    }
  }

  private void awaitMoment() {
    long bytes = passed() + random.nextLong(1, mostBytes());
    Duration most = upTo(pace.quiet());
    Monitors.await(proxy.lock(), most, () -> isOver || passed() >= bytes);
  }

  private long mostBytes() {
    return pace.isFading() ? (long) pace.bytes() << Math.min(count / 2, 20) : pace.bytes();
  }

  private Duration upTo(Duration most) {
    return Duration.ofMillis(random.nextLong(1, most.toMillis()));
  }

  private long passed() {
    return proxy.passed(Side.CLIENT) + proxy.passed(Side.SERVER);
  }

  private void make(int kind) {
    Side side = random.nextBoolean() ? Side.CLIENT : Side.SERVER;
    switch (kind) {
      case 0 -> toOne("reset", link -> link.cut(Ending.RESET));
      case 1 -> toOne("close", link -> link.cut(Ending.CLOSE));
      case 2 -> cutInTheMiddle(side);
      case 3 -> toOne("half-close " + side, link -> link.halfClose(side));
      case 4 -> halfOpen(side);
      case 5 -> lasting("stall " + side, () -> proxy.stall(side), () -> proxy.goOn(side));
      case 6 -> split(side);
      case 7 -> delay(side);
      case 8 -> lasting("refuse", proxy::refuse, proxy::serve);
      default -> swallow();
    }
  }

  private void cutInTheMiddle(Side side) {
    int bytes = random.nextInt(1, 500);
    Ending how = random.nextBoolean() ? Ending.RESET : Ending.CLOSE;
    unlessOver(
        "%s after %d bytes from %s".formatted(how, bytes, side),
        () -> proxy.cutAfter(side, bytes, how));
  }

  /** Some time later, the other side is told after all. */
  private void halfOpen(Side side) {
    Runnable begin = () -> toOne("drop " + side, link -> link.drop(side));
    lasting("half-open", begin, this::cutHalfOpen);
  }

  private void swallow() {
    lasting(
        "swallow",
        proxy::swallow,
        () -> {
          proxy.serve();
          cutHalfOpen();
        });
  }

  private void cutHalfOpen() {
    proxy.open().stream().filter(TroubledLink::isHalfOpen).forEach(link -> link.cut(Ending.RESET));
  }

  private void split(Side side) {
    int bytes = random.nextInt(1, 10);
    lasting(
        "split " + side + " by " + bytes,
        () -> proxy.split(side, bytes),
        () -> proxy.split(side, Integer.MAX_VALUE));
  }

  private void delay(Side side) {
    Duration delay = Duration.ofMillis(random.nextInt(1, 50));
    lasting(
        "delay " + side + " by " + delay,
        () -> proxy.delay(side, delay),
        () -> proxy.delay(side, Duration.ZERO));
  }

  private void toOne(String what, Consumer<TroubledLink> trouble) {
    List<TroubledLink> open = proxy.open();
    if (!open.isEmpty()) {
      TroubledLink link = open.get(random.nextInt(open.size()));
      unlessOver(what, () -> trouble.accept(link));
    }
  }

  private void unlessOver(String what, Runnable trouble) {
    synchronized (proxy.lock()) {
      if (!isOver) {
        remember(what);
        trouble.run();
      }
    }
  }

  private void lasting(String what, Runnable begin, Runnable end) {
    remember(what);
    begin.run();
    Duration span = upTo(pace.span());
    Monitors.await(proxy.lock(), span, () -> isOver);
    end.run();
  }

  private void remember(String what) {
    synchronized (proxy.lock()) {
      count++;
      latest.add(what);
      if (latest.size() > REMEMBERED) {
        latest.remove();
      }
    }
  }

  @Override
  public String toString() {
    synchronized (proxy.lock()) {
      return "%d troubles, at last %s".formatted(count, latest);
    }
  }
}
