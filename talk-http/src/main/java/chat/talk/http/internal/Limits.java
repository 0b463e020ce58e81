package chat.talk.http.internal;

import java.time.Duration;

/** What a server puts up with. */
public record Limits(
    Duration headerTimeout,
    Duration idleTimeout,
    Duration handlerTimeout,
    int maxConnections,
    int maxConnectionsPerAddress,
    int maxHeader,
    long maxHeld) {
  public static final int NO_MAXIMUM = Integer.MAX_VALUE;
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(75),
          Duration.ofSeconds(30),
          10_000,
          NO_MAXIMUM,
          8192,
          maxHeldByDefault());

  /**
   * A client slower than this, in bytes a second, is taken for one that holds us up on purpose:
   * half of what is left of the worst phone line.
   */
  private static final long SLOWEST = 1024;

  public Limits withHeaderTimeout(Duration timeout) {
    return new Limits(
        timeout,
        idleTimeout,
        handlerTimeout,
        maxConnections,
        maxConnectionsPerAddress,
        maxHeader,
        maxHeld);
  }

  public Limits withIdleTimeout(Duration timeout) {
    return new Limits(
        headerTimeout,
        timeout,
        handlerTimeout,
        maxConnections,
        maxConnectionsPerAddress,
        maxHeader,
        maxHeld);
  }

  public Limits withHandlerTimeout(Duration timeout) {
    return new Limits(
        headerTimeout,
        idleTimeout,
        timeout,
        maxConnections,
        maxConnectionsPerAddress,
        maxHeader,
        maxHeld);
  }

  public Limits withMaxConnections(int count) {
    return new Limits(
        headerTimeout,
        idleTimeout,
        handlerTimeout,
        count,
        maxConnectionsPerAddress,
        maxHeader,
        maxHeld);
  }

  public Limits withMaxConnectionsPerAddress(int count) {
    return new Limits(
        headerTimeout, idleTimeout, handlerTimeout, maxConnections, count, maxHeader, maxHeld);
  }

  public Limits withMaxHeader(int bytes) {
    return new Limits(
        headerTimeout,
        idleTimeout,
        handlerTimeout,
        maxConnections,
        maxConnectionsPerAddress,
        bytes,
        maxHeld);
  }

  /** How many bytes of requests and messages that are half received all clients may leave here. */
  public Limits withMaxHeld(long bytes) {
    return new Limits(
        headerTimeout,
        idleTimeout,
        handlerTimeout,
        maxConnections,
        maxConnectionsPerAddress,
        maxHeader,
        bytes);
  }

  private static long maxHeldByDefault() {
    return Math.max(16L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 8);
  }

  /** How much longer a transfer may take for every so many bytes that it has moved. */
  static long nanosFor(long bytes) {
    return bytes * 1_000_000_000L / SLOWEST;
  }

  /** How often a connection looks at the clock: often enough for the shortest timeout. */
  Duration tick() {
    Duration shorter = headerTimeout.compareTo(idleTimeout) < 0 ? headerTimeout : idleTimeout;
    Duration shortest = shorter.compareTo(handlerTimeout) < 0 ? shorter : handlerTimeout;
    Duration quarter = shortest.dividedBy(4);
    return quarter.toMillis() < 1 ? Duration.ofMillis(1) : quarter;
  }
}
