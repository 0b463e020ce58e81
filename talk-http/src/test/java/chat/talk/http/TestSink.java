package chat.talk.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A sink whose writes end when a test says so, and which checks the order of the calls. */
final class TestSink implements BodySink {
  final Queue<CompletableFuture<Void>> writes = new ConcurrentLinkedQueue<>();
  final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
  final AtomicLong bytes = new AtomicLong();
  final AtomicInteger finished = new AtomicInteger();
  final AtomicInteger aborted = new AtomicInteger();
  final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
  private volatile CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
  private final boolean isSlow;

  TestSink(boolean isSlow) {
    this.isSlow = isSlow;
  }

  @Override
  public CompletableFuture<Void> write(ByteBuffer piece) {
    note(last.isDone() && piece.hasRemaining(), "a write too early, or of nothing");
    note(finished.get() + aborted.get() == 0, "a write after the end");
    if (bytes.addAndGet(piece.remaining()) < 1000) {
      beginning.writeBytes(bytesOf(piece));
    }
    last = isSlow ? new CompletableFuture<>() : CompletableFuture.completedFuture(null);
    writes.add(last);
    return last;
  }

  @Override
  public CompletableFuture<HttpResponse> finish() {
    note(last.isDone() && aborted.get() == 0, "a finish too early or too late");
    finished.incrementAndGet();
    return answer;
  }

  @Override
  public void abort() {
    note(last.isDone() && finished.get() == 0, "an abort too early or too late");
    aborted.incrementAndGet();
  }

  private static byte[] bytesOf(ByteBuffer piece) {
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    return bytes;
  }

  private void note(boolean isRight, String fault) {
    if (!isRight) {
      faults.add(fault);
    }
  }

  String text() {
    return beginning.toString(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Waits for a write. */
  CompletableFuture<Void> take() {
    Waiting.until(() -> !writes.isEmpty());
    return writes.remove();
  }
}
