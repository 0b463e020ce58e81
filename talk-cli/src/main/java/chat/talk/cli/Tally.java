package chat.talk.cli;

import chat.talk.ChatException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/** What is counted in an emulation. May be used by any thread. */
final class Tally {
  private static final long LONGEST_MICROS = 600_000_000;
  private static final int MOST_SHOWN = 20;

  final LongAdder asked = new LongAdder();
  final LongAdder answered = new LongAdder();
  final LongAdder sent = new LongAdder();
  final LongAdder delivered = new LongAdder();
  final LongAdder broken = new LongAdder();

  /** How long until a message was stored, and until somebody had it, in microseconds. */
  final ConcurrentHistogram stored = new ConcurrentHistogram(LONGEST_MICROS, 3);

  final ConcurrentHistogram arrived = new ConcurrentHistogram(LONGEST_MICROS, 3);

  private final Map<ChatException.Code, LongAdder> errors = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
  private final LongAdder violationCount = new LongAdder();

  static void note(ConcurrentHistogram histogram, long sinceNanos) {
    long micros = (System.nanoTime() - sinceNanos) / 1_000;
    histogram.recordValue(Math.max(0, Math.min(micros, LONGEST_MICROS)));
  }

  void error(Throwable failure) {
    errors.computeIfAbsent(ChatException.of(failure).code(), code -> new LongAdder()).increment();
  }

  void violation(String what) {
    violationCount.increment();
    if (violations.size() < MOST_SHOWN) {
      violations.add(what);
    }
  }

  Iterable<String> violations() {
    return violations;
  }

  long errorCount() {
    return errors.values().stream().mapToLong(LongAdder::sum).sum();
  }

  boolean isClean() {
    return errorCount() == 0 && violationCount.sum() == 0;
  }

  /** One line for a second that has passed. */
  String line(long second, int connected) {
    return String.format(
        Locale.ROOT,
        "%4d s  connected %d  acknowledged %d  delivered %d  p50 %s  p99 %s  errors %d",
        second,
        connected,
        sent.sum(),
        delivered.sum(),
        millis(arrived, 50),
        millis(arrived, 99),
        errorCount());
  }

  String summary() {
    return String.format(
        Locale.ROOT,
        "acknowledged %d of %d, after p50 %s p99 %s; delivered %d, after p50 %s p99 %s; broken"
            + " connections %d; errors %s; order and completeness: %s",
        sent.sum(),
        asked.sum(),
        millis(stored, 50),
        millis(stored, 99),
        delivered.sum(),
        millis(arrived, 50),
        millis(arrived, 99),
        broken.sum(),
        errors.isEmpty() ? "0" : new TreeMap<>(errors).toString(),
        violationCount.sum() == 0 ? "held" : violationCount.sum() + " violations");
  }

  private static String millis(ConcurrentHistogram histogram, double percentile) {
    return histogram.getTotalCount() == 0
        ? "-"
        : String.format(
            Locale.ROOT, "%.1f ms", histogram.getValueAtPercentile(percentile) / 1_000.0);
  }
}
