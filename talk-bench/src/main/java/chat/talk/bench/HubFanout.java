package chat.talk.bench;

import chat.talk.ChatId;
import chat.talk.hub.HubEngine;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Histogram;

/** One sends to the general chat, as fast as answers allow, and many listen. */
final class HubFanout {
  private static final int IN_FLIGHT = 256;
  private static final int WARM_UP_BATCHES = 3;
  private static final int BATCHES = 5;

  private final List<Numbered> listeners = new ArrayList<>();
  private final HubClient sender;
  private final ChatId general;
  private int sent;

  private HubFanout(HubClient sender) {
    this.sender = sender;
    this.general = sender.status().join().general();
  }

  static void run(int listeners, int messages) throws InterruptedException {
    try (Hub hub = HubEngine.builder(HubStorage.inMemory()).open();
        HubClient sender = HubClient.join(hub, "sender").start()) {
      HubFanout bench = new HubFanout(sender);
      bench.join(hub, listeners);
      for (int i = 0; i < WARM_UP_BATCHES; i++) {
        bench.batch("warm-up", messages);
      }
      for (int i = 1; i <= BATCHES; i++) {
        bench.batch("batch " + i, messages);
      }
      System.out.println("missing, doubled or out of order: " + Numbered.WRONG.sum());
      if (Numbered.WRONG.sum() > 0) {
        throw new IllegalStateException("figures of a fan-out that goes wrong mean nothing");
      }
    }
  }

  private void join(Hub hub, int count) {
    for (int i = 0; i < count; i++) {
      Numbered listener = new Numbered();
      listeners.add(listener);
      HubClient.join(hub, "listener-" + i).listener(listener).start();
    }
  }

  private void batch(String what, int messages) throws InterruptedException {
    CountDownLatch allHeard = new CountDownLatch(listeners.size());
    listeners.forEach(listener -> listener.expect(sent + messages - 1, allHeard));
    Histogram latency = new Histogram(3);
    long begin = System.nanoTime();
    send(messages, latency);
    double sending = (System.nanoTime() - begin) / 1e9;
    allHeard.await();
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%s: %d messages of 128 bytes to %d listeners in %.2f s = %.0f messages/s = %.2f million"
            + " deliveries/s; acknowledged after %.2f s, p50 %.2f ms, p99 %.2f ms%n",
        what,
        messages,
        listeners.size(),
        seconds,
        messages / seconds,
        messages / seconds * listeners.size() / 1e6,
        sending,
        latency.getValueAtPercentile(50) / 1e6,
        latency.getValueAtPercentile(99) / 1e6);
  }

  private void send(int messages, Histogram latency) throws InterruptedException {
    Pipeline pipeline = new Pipeline(IN_FLIGHT);
    for (int end = sent + messages; sent < end; sent++) {
      String text = Numbered.text(sent);
      pipeline.run(
          () -> {
            long begin = System.nanoTime();
            return sender
                .send(general, text)
                .thenRun(
                    () -> {
                      synchronized (latency) {
                        latency.recordValue(System.nanoTime() - begin);
                      }
                    });
          });
    }
    pipeline.finish();
  }
}
