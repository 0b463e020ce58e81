package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class after which buffers were lost. Needs the detector that the pom names. */
final class LeakWatch implements AfterAllCallback {
  private static final Queue<String> leaks = new ConcurrentLinkedQueue<>();

  @Override
  public void afterAll(ExtensionContext context) {
    assertThat(System.getProperty("io.netty.customResourceLeakDetector")).isNotNull();
    System.gc();
    ByteBufAllocator.DEFAULT.buffer().release();
    assertThat(leaks).isEmpty();
  }

  /** Remembers leaks besides logging them. */
  public static final class Detector<T> extends ResourceLeakDetector<T> {
    /** Netty calls it by reflection. */
    public Detector(Class<?> type, int samplingInterval) {
      super(type, samplingInterval);
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
