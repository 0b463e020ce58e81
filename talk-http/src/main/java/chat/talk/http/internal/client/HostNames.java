package chat.talk.http.internal.client;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jetbrains.annotations.Nullable;

/**
 * Looks host names up aside, because the JDK's way blocks, for as long as a name server likes. A
 * name is looked up by one thread at a time, so that a slow one holds up one thread. All but the
 * looking up itself happens on the event loop.
 */
final class HostNames implements AutoCloseable {
  private static final int THREADS = 64;
  private static final long KNOWN_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int MAX_KNOWN = 10_000;

  private final Service service;
  private final Executor loop;
  private final ThreadPoolExecutor threads;
  private final Map<String, LookUp> underWay = new HashMap<>();
  private final ArrayDeque<LookUp> waiting = new ArrayDeque<>();
  private final Map<String, Known> known = new HashMap<>();
  private int running;

  /** Finds the address of a name; may block. */
  @FunctionalInterface
  interface Service {
    InetAddress find(String host) throws UnknownHostException;
  }

  /** Is told on the event loop what becomes of a look-up. */
  interface Asker {
    /** The look-up has a thread; until then only others' names have taken time. */
    void begun();

    /** What it found, null when nobody knows the name. */
    void found(@Nullable InetAddress address);
  }

  private record Known(InetAddress address, long since) {
    boolean isFresh() {
      return System.nanoTime() - since < KNOWN_NANOS;
    }
  }

  /** One name that is being looked up, or will be. */
  private static final class LookUp {
    private final String host;
    private final List<Asker> askers = new ArrayList<>();
    private boolean begun;

    LookUp(String host) {
      this.host = host;
    }
  }

  /** Without threads as yet. */
  HostNames(Service service, Executor loop) {
    this.service = service;
    this.loop = loop;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("talk-health-names", true));
    threads.allowCoreThreadTimeOut(true);
  }

  /** Looks a host up, on the event loop; what needs no looking up is found at once. */
  void find(String host, Asker asker) {
    String name = host.toLowerCase(Locale.ROOT);
    InetAddress address = atOnce(name);
    if (address != null) {
      asker.begun();
      asker.found(address);
    } else {
      join(underWay.computeIfAbsent(name, this::enqueue), asker);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private @Nullable InetAddress atOnce(String name) {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(name);
    if (literal != null) {
      return address(literal);
    }
    if (name.equals("localhost")) {
      return InetAddress.getLoopbackAddress();
    }
    Known last = known.get(name);
    return last != null && last.isFresh() ? last.address() : null;
  }

  private LookUp enqueue(String name) {
    LookUp lookUp = new LookUp(name);
    waiting.add(lookUp);
    return lookUp;
  }

  private void join(LookUp lookUp, Asker asker) {
    lookUp.askers.add(asker);
    if (lookUp.begun) {
      asker.begun();
    } else {
      startWaiting();
    }
  }

  private void startWaiting() {
    while (running < THREADS && !waiting.isEmpty()) {
      LookUp next = waiting.remove();
      running++;
      next.begun = true;
      next.askers.forEach(Asker::begun);
      start(next);
    }
  }

  private void start(LookUp lookUp) {
    try {
      threads.execute(() -> run(lookUp));
    } catch (RejectedExecutionException closed) {
      end(lookUp, null);
    }
  }

  private void run(LookUp lookUp) {
    InetAddress address = ask(lookUp.host);
    try {
      loop.execute(() -> end(lookUp, address));
    } catch (RejectedExecutionException closed) {
      // Nobody asks any more.
    }
  }

  private @Nullable InetAddress ask(String host) {
    try {
      return service.find(host);
    } catch (UnknownHostException | RuntimeException e) {
      return null;
    }
  }

  private void end(LookUp lookUp, @Nullable InetAddress address) {
    running--;
    underWay.remove(lookUp.host);
    if (address != null) {
      remember(lookUp.host, address);
    }
    lookUp.askers.forEach(asker -> asker.found(address));
    startWaiting();
  }

  private void remember(String host, InetAddress address) {
    if (known.size() >= MAX_KNOWN) {
      known.clear();
    }
    known.put(host, new Known(address, System.nanoTime()));
  }

  private static InetAddress address(byte[] literal) {
    try {
      return InetAddress.getByAddress(literal);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an IP address has 4 or 16 bytes", e);
    }
  }
}
