package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class after which buffers were lost. Needs the detector that the pom names. */
final class LeakWatch implements AfterAllCallback {
  private static final int ROUNDS = 3;
  private static final long PAUSE_NANOS = 10_000_000;
  private static final Queue<String> leaks = new ConcurrentLinkedQueue<>();

  private static final AtomicBoolean isWatching = new AtomicBoolean();

  @Override
  public void afterAll(ExtensionContext context) {
    assertThat(isWatching.get()).as("the detector is in use").isTrue();
    for (int i = 0; i < ROUNDS; i++) {
      System.gc();
      LockSupport.parkNanos(PAUSE_NANOS);
      // The detector reports what was lost when the next buffer is taken.
      ByteBufAllocator.DEFAULT.buffer().release();
    }
    assertThat(leaks).isEmpty();
  }

  /** Remembers leaks besides logging them. */
  public static final class Detector<T> extends ResourceLeakDetector<T> {
    /** Netty calls it by reflection. */
    public Detector(Class<?> type, int samplingInterval) {
      super(type, samplingInterval);
      isWatching.set(true);
    }

    /** Netty looks for it too, and complains when it is missing. */
    @SuppressWarnings("deprecation")
    public Detector(Class<?> type, int samplingInterval, long maxActive) {
      super(type, samplingInterval, maxActive);
      isWatching.set(true);
    }

    @Override
    protected boolean needReport() {
      return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
      leaks.add(resourceType + records);
      super.reportTracedLeak(resourceType, records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
      leaks.add(resourceType);
      super.reportUntracedLeak(resourceType);
    }
  }
}
