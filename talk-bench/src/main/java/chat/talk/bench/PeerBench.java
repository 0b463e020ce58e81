package chat.talk.bench;

import chat.talk.ChatClient;
import chat.talk.ChatMessage;
import chat.talk.PeerBuilder;
import chat.talk.http.HttpRegistry;
import chat.talk.http.HttpSettings;
import chat.talk.http.HttpTransport;
import chat.talk.http.WebSocketTransport;
import chat.talk.registry.RegistryServer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.HdrHistogram.Histogram;

/**
 * One peer sends to another in another process, as fast as answers allow: messages per second,
 * checked for order and completeness, and the time from {@code send} to the acknowledgement.
 *
 * <p>Arguments: {@code ws} or {@code http}, and how many messages (ws and 300,000 unless given).
 */
public final class PeerBench {
  private static final int IN_FLIGHT = 256;
  private static final String PADDING = "x".repeat(118);
  private static final int WARM_UP = 20_000;

  private PeerBench() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals("receiver")) {
      receive(args[1], args[2]);
      return;
    }
    String kind = args.length > 0 ? args[0] : "ws";
    int messages = Arguments.number(args, 1, 300_000);
    try (RegistryServer registry = RegistryServer.builder().start();
        ChildProcess receiver =
            ChildProcess.start(
                PeerBench.class, List.of("-Xmx512m"), "receiver", registry.url(), kind)) {
      receiver.readLine();
      CompletableFuture<String> verdict = new CompletableFuture<>();
      try (ChatClient sender =
          peer("sender", registry.url(), kind)
              .listener((me, message) -> verdict.complete(message.text()))
              .start()) {
        firstMessage(sender);
        send(sender, 1, WARM_UP, new Histogram(3));
        measure(sender, kind, WARM_UP + 1, messages);
        sender.send("receiver", "end").join();
        System.out.println(verdict.join() + " of " + (1 + WARM_UP + messages) + " sent");
      }
    }
  }

  private static void firstMessage(ChatClient sender) {
    long begin = System.nanoTime();
    sender.send("receiver", "0 " + PADDING).join();
    System.out.printf(Locale.ROOT, "first message: %.1f ms%n", (System.nanoTime() - begin) / 1e6);
  }

  private static void measure(ChatClient sender, String kind, int first, int messages)
      throws Exception {
    Histogram latency = new Histogram(3);
    long begin = System.nanoTime();
    send(sender, first, messages, latency);
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%s: %d messages of 128 bytes in %.2f s = %.0f/s, %d in flight; ack p50 %.2f ms, p99 %.2f ms%n",
        kind,
        messages,
        seconds,
        messages / seconds,
        IN_FLIGHT,
        latency.getValueAtPercentile(50) / 1e6,
        latency.getValueAtPercentile(99) / 1e6);
  }

  private static void send(ChatClient sender, int first, int messages, Histogram latency)
      throws Exception {
    Semaphore window = new Semaphore(IN_FLIGHT);
    for (int i = first; i < first + messages; i++) {
      window.acquire();
      long begin = System.nanoTime();
      sender
          .send("receiver", i + " " + PADDING)
          .whenComplete(
              (entry, failure) -> {
                if (failure != null) {
                  System.out.println("failed: " + failure.getMessage());
                }
                synchronized (latency) {
                  latency.recordValue(System.nanoTime() - begin);
                }
                window.release();
              });
    }
    window.acquire(IN_FLIGHT);
  }

  private static void receive(String registry, String kind) throws InterruptedException {
    Order order = new Order();
    CountDownLatch end = new CountDownLatch(1);
    try (ChatClient receiver =
        peer("receiver", registry, kind)
            .listener(
                (me, message) -> {
                  if (message.text().equals("end")) {
                    me.send(message.author(), order.verdict())
                        .whenComplete((e, f) -> end.countDown());
                  } else {
                    order.check(message);
                  }
                })
            .start()) {
      System.out.println("ready");
      end.await();
    }
  }

  private static PeerBuilder peer(String name, String registry, String kind) {
    HttpSettings settings = HttpSettings.defaults();
    return ChatClient.peer(name)
        .registry(HttpRegistry.at(registry))
        .transport(
            kind.equals("ws") ? new WebSocketTransport(settings) : new HttpTransport(settings));
  }

  /** Counts what follows its predecessor. */
  private static final class Order {
    private long inOrder;
    private long outOfOrder;
    private int last = -1;

    void check(ChatMessage message) {
      int number = Integer.parseInt(message.text().substring(0, message.text().indexOf(' ')));
      if (number == last + 1) {
        inOrder++;
      } else {
        outOfOrder++;
      }
      last = number;
    }

    String verdict() {
      return inOrder + " received in order, " + outOfOrder + " out of order,";
    }
  }
}
