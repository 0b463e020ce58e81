package chat.talk.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.annotations.Nullable;

/** A source whose pieces a test gives, and which counts what it is asked for. */
final class TestSource implements BodySource {
  final Queue<CompletableFuture<@Nullable ByteBuffer>> asked = new ConcurrentLinkedQueue<>();
  final AtomicInteger count = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  private final long length;

  TestSource(long length) {
    this.length = length;
  }

  @Override
  public CompletableFuture<@Nullable ByteBuffer> next() {
    CompletableFuture<@Nullable ByteBuffer> piece = new CompletableFuture<>();
    count.incrementAndGet();
    asked.add(piece);
    return piece;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  /** Waits until a piece is asked for, and gives it. */
  void give(String text) {
    take().complete(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  void end() {
    take().complete(null);
  }

  CompletableFuture<@Nullable ByteBuffer> take() {
    Waiting.until(() -> !asked.isEmpty());
    return asked.remove();
  }
}
