package chat.talk.http.internal;

import chat.talk.http.HttpResponse;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * Collects a body. It grows with what really comes, not with what the client announces. For the
 * channel's thread.
 */
final class BodyBuffer implements RequestBody {
  private static final byte[] EMPTY = {};
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
  private static final int MAX_ADVANCE = 8 * 1024;

  private final int limit;
  private final int advance;
  private final Budget.Share share;
  private byte[] bytes;
  private int size;

  /**
   * A buffer.
   *
   * @param limit the most bytes it takes
   * @param announced how many the client says will come, negative when it does not say
   * @param share what is held counts here
   */
  BodyBuffer(int limit, long announced, Budget.Share share) {
    this.limit = limit;
    this.advance = (int) Math.min(Math.max(announced, 0), Math.min(limit, MAX_ADVANCE));
    this.share = share;
    this.bytes = EMPTY;
  }

  /**
   * Takes all that is readable.
   *
   * @throws Refusal with 413 when that is too much for a body, 503 when it is for the server
   */
  @Override
  public CompletableFuture<Void> add(ByteBuf content) {
    int count = content.readableBytes();
    if (count > limit - size) {
      throw Refusal.tooLarge(limit);
    }
    reserve(size + count);
    content.readBytes(bytes, size, count);
    size += count;
    return DONE;
  }

  @Override
  public CompletableFuture<HttpResponse> finish(Exchange exchange) {
    return Handling.call(exchange.route().handler(), exchange.toRequest(toByteArray()));
  }

  private void reserve(int needed) {
    if (needed > bytes.length) {
      long doubled = Math.max(Math.max(needed, advance), 2L * bytes.length);
      int capacity = (int) Math.min(doubled, limit);
      if (!share.set(capacity)) {
        throw Refusal.overloaded();
      }
      bytes = Arrays.copyOf(bytes, capacity);
    }
  }

  @Override
  public void release() {
    share.release();
  }

  private byte[] toByteArray() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }
}
