package chat.talk.bench;

import chat.talk.ChatClient;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.hub.HubEngine;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Messages at a steady rate to 1,000 listeners, and how long each takes to be heard, without and
 * with one among them who never returns; then a million messages, through a storage that keeps the
 * newest only, and what is alive meanwhile.
 */
final class HubStuck {
  private static final int LISTENERS = 1_000;
  private static final int PER_SECOND = 200;
  private static final int WARM_UP = 3_000;
  private static final int STEADY = 3_000;
  private static final int FLOOD_LISTENERS = 20;
  private static final int FLOOD = 250_000;
  private static final int FLOODS = 4;
  private static final long KEPT_CHARACTERS = 10_000_000;

  private HubStuck() {}

  static void run() throws InterruptedException {
    steady("nobody is stuck", false);
    steady("one is stuck", true);
    flood("nobody is stuck", false);
    flood("one is stuck", true);
  }

  private static void steady(String what, boolean stuck) throws InterruptedException {
    try (Party party = new Party(LISTENERS, stuck)) {
      party.sendSteadily(WARM_UP);
      party.listeners.forEach(Timed::reset);
      party.sendSteadily(STEADY);
      Histogram all = new Histogram(3);
      party.listeners.forEach(listener -> all.add(listener.latency));
      System.out.printf(
          Locale.ROOT,
          "%s: %d messages to %d listeners, %d a second: heard after p50 %.2f ms, p99 %.2f ms,"
              + " max %.2f ms%n",
          what,
          STEADY,
          LISTENERS,
          PER_SECOND,
          all.getValueAtPercentile(50) / 1e6,
          all.getValueAtPercentile(99) / 1e6,
          all.getMaxValue() / 1e6);
    }
  }

  private static void flood(String what, boolean stuck) throws InterruptedException {
    try (Party party = new Party(FLOOD_LISTENERS, stuck)) {
      long before = Heap.used();
      for (int i = 1; i <= FLOODS; i++) {
        long begin = System.nanoTime();
        party.sendAll(FLOOD);
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
            Locale.ROOT,
            "%s: %d messages to %d listeners, the last %d in %.1f s; heap %s%n",
            what,
            i * FLOOD,
            FLOOD_LISTENERS,
            FLOOD,
            seconds,
            Heap.megabytes(Heap.used() - before));
      }
    }
  }

  /** A hub with a sender and listeners, the last of whom may be stuck. */
  private static final class Party implements AutoCloseable {
    private static final int IN_FLIGHT = 256;

    private final CountDownLatch release = new CountDownLatch(1);
    private final List<Timed> listeners = new ArrayList<>();
    private final Hub hub = HubEngine.builder(HubStorage.inMemory(KEPT_CHARACTERS)).open();
    private final HubClient sender = HubClient.join(hub, "sender").start();
    private final ChatId general = sender.status().join().general();
    private int sent;

    Party(int count, boolean stuck) {
      for (int i = 0; i < count; i++) {
        Timed listener = new Timed();
        listeners.add(listener);
        HubClient.join(hub, "listener-" + i).listener(listener).start();
      }
      if (stuck) {
        HubClient.join(hub, "stuck").listener((me, message) -> hang()).start();
      }
    }

    private void hang() {
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void sendSteadily(int messages) throws InterruptedException {
      CountDownLatch heard = expect(messages);
      long pause = Duration.ofSeconds(1).toNanos() / PER_SECOND;
      long due = System.nanoTime();
      for (int i = 0; i < messages; i++, due += pause) {
        LockSupport.parkNanos(due - System.nanoTime());
        sender.send(general, Timed.text(System.nanoTime()));
      }
      heard.await();
    }

    void sendAll(int messages) throws InterruptedException {
      CountDownLatch heard = expect(messages);
      Pipeline pipeline = new Pipeline(IN_FLIGHT);
      for (int i = 0; i < messages; i++) {
        pipeline.run(() -> sender.send(general, Timed.text(System.nanoTime())));
      }
      heard.await();
    }

    private CountDownLatch expect(int messages) {
      CountDownLatch heard = new CountDownLatch(listeners.size());
      sent += messages;
      listeners.forEach(listener -> listener.expect(sent, heard));
      return heard;
    }

    @Override
    public void close() {
      release.countDown();
      sender.close();
      hub.close();
    }
  }

  /** Reads from a message when it was sent. */
  private static final class Timed implements ChatMessageListener {
    private static final int DIGITS = 20;
    private static final String PADDING = "x".repeat(128 - DIGITS);

    private final Histogram latency = new Histogram(2);
    private int heard;
    private int end;
    private CountDownLatch atEnd = new CountDownLatch(0);

    static String text(long nanos) {
      return String.format(Locale.ROOT, "%0" + DIGITS + "d", nanos) + PADDING;
    }

    synchronized void expect(int count, CountDownLatch latch) {
      end = count;
      atEnd = latch;
    }

    synchronized void reset() {
      latency.reset();
    }

    @Override
    public synchronized void onMessage(ChatClient me, ChatMessage message) {
      latency.recordValue(System.nanoTime() - Long.parseLong(message.text(), 0, DIGITS, 10));
      if (++heard == end) {
        atEnd.countDown();
      }
    }
  }
}
