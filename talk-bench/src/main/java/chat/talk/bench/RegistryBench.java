package chat.talk.bench;

import chat.talk.Claim;
import chat.talk.Registry;
import chat.talk.UserAddress;
import chat.talk.UserName;
import chat.talk.http.HttpRegistry;
import chat.talk.registry.RegistryServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * A registry with 10,000 users, half of whose addresses refuse and half accept and never answer:
 * how long a round of health checks takes, and what GET and POST cost meanwhile. The registry has a
 * JVM of its own with {@code -Xmx256m}.
 *
 * <p>Arguments: the interval of the checks in seconds (120 unless given), GETs and POSTs per second
 * of each (50).
 */
public final class RegistryBench {
  private static final int USERS = 10_000;
  private static final int REGISTERING = 64;
  private static final Duration QUIET = Duration.ofSeconds(5);

  private final Registry registry;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final int rate;

  private RegistryBench(String url, int rate) {
    this.registry = HttpRegistry.at(url);
    this.url = url;
    this.rate = rate;
  }

  /** Runs the benchmark. */
  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals("server")) {
      serve(Duration.ofSeconds(Long.parseLong(args[1])));
      return;
    }
    String interval = String.valueOf(Arguments.number(args, 0, 120));
    int rate = Arguments.number(args, 1, 50);
    try (ChildProcess server =
            ChildProcess.start(RegistryBench.class, List.of("-Xmx256m"), "server", interval);
        Silence silence = new Silence()) {
      RegistryBench bench = new RegistryBench(server.readLine(), rate);
      bench.register(silence.port());
      bench.measure("before the round", QUIET, () -> false);
      silence.awaitRound();
      long begin = System.nanoTime();
      bench.measure("during the round", Duration.ofMinutes(5), silence::isRoundOver);
      System.out.printf(
          Locale.ROOT,
          "the round: %d silent addresses asked, the last %.1f s after the first; measured for %.1f s%n",
          silence.accepted.get(),
          silence.roundNanos() / 1e9,
          (System.nanoTime() - begin) / 1e9);
      System.out.println("registry process: " + memory(server.pid()));
    }
  }

  private static void serve(Duration interval) throws InterruptedException {
    RegistryServer server = RegistryServer.builder().checkEvery(interval).start();
    System.out.println(server.url());
    Thread.currentThread().join();
  }

  private void register(int silentPort) throws IOException {
    int refusing = freePort();
    long begin = System.nanoTime();
    for (int from = 0; from < USERS; from += REGISTERING) {
      List<CompletableFuture<Void>> batch = new ArrayList<>();
      for (int i = from; i < Math.min(USERS, from + REGISTERING); i++) {
        UserAddress address = UserAddress.http("127.0.0.1", i % 2 == 0 ? silentPort : refusing);
        batch.add(registry.register(UserName.of("user-" + i), address, Claim.NONE));
      }
      batch.forEach(CompletableFuture::join);
    }
    System.out.printf(
        Locale.ROOT, "%d users registered in %.1f s%n", USERS, (System.nanoTime() - begin) / 1e9);
  }

  /** GETs and POSTs at a steady rate; a late answer doesn't delay the next request. */
  private void measure(String when, Duration atMost, BooleanSupplier isOver)
      throws InterruptedException {
    Histogram get = new Histogram(3);
    Histogram post = new Histogram(3);
    AtomicInteger failed = new AtomicInteger();
    long begin = System.nanoTime();
    long pause = Duration.ofSeconds(1).toNanos() / rate;
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (long due = begin; due - begin < atMost.toNanos() && !isOver.getAsBoolean(); due += pause) {
      LockSupport.parkNanos(due - System.nanoTime());
      all.add(record(getUsers(), due, get, failed));
      all.add(record(postUser(all.size()), due, post, failed));
    }
    all.forEach(CompletableFuture::join);
    print(when + ", GET of " + USERS + " users", get);
    print(when + ", POST", post);
    System.out.println(when + ", failed: " + failed);
  }

  private CompletableFuture<Integer> getUsers() {
    return status(HttpRequest.newBuilder(URI.create(url + "/v1/users")).build());
  }

  private CompletableFuture<Integer> postUser(int number) {
    String body =
        "{\"user\":\"late-%d-%d\",\"address\":{\"host\":\"127.0.0.1\",\"port\":9}}"
            .formatted(System.nanoTime(), number);
    return status(
        HttpRequest.newBuilder(URI.create(url + "/v1/users"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private CompletableFuture<Integer> status(HttpRequest request) {
    return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  private static CompletableFuture<Integer> record(
      CompletableFuture<Integer> answer, long due, Histogram histogram, AtomicInteger failed) {
    return answer
        .exceptionally(failure -> 0)
        .whenComplete(
            (status, failure) -> {
              synchronized (histogram) {
                histogram.recordValue(System.nanoTime() - due);
              }
              if (status != 200) {
                failed.incrementAndGet();
              }
            });
  }

  private static void print(String what, Histogram histogram) {
    System.out.printf(
        Locale.ROOT,
        "%s: %d requests, p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
        what,
        histogram.getTotalCount(),
        histogram.getValueAtPercentile(50) / 1e6,
        histogram.getValueAtPercentile(99) / 1e6,
        histogram.getMaxValue() / 1e6);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String memory(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .findFirst()
        .orElse("unknown")
        .replaceAll("\\s+", " ");
  }

  /** Accepts connections, and never says a word. */
  private static final class Silence implements AutoCloseable {
    private static final int HELD = 1_000;

    private final ServerSocket socket = new ServerSocket();
    private final Deque<Socket> held = new ArrayDeque<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long first;
    private volatile long last;

    Silence() throws IOException {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
      Thread thread = new Thread(this::acceptAll, "silence");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return socket.getLocalPort();
    }

    private void acceptAll() {
      while (!closed.get()) {
        try {
          held.add(socket.accept());
          if (held.size() > HELD) {
            held.remove().close(); // Given up long ago by the other side.
          }
          last = System.nanoTime();
          first = accepted.getAndIncrement() == 0 ? last : first;
        } catch (IOException e) {
          closed.set(true);
        }
      }
    }

    void awaitRound() {
      while (accepted.get() == 0) {
        LockSupport.parkNanos(1_000_000);
      }
    }

    /** All have been asked, and the last of them must have been given up. */
    boolean isRoundOver() {
      return accepted.get() >= USERS / 2 && System.nanoTime() - last > QUIET.toNanos();
    }

    long roundNanos() {
      return last - first;
    }

    @Override
    public void close() throws IOException {
      socket.close();
      for (Socket one : held) {
        one.close();
      }
    }
  }
}
