package chat.talk.http.internal;

import chat.talk.http.BodySink;
import chat.talk.http.HttpResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a body on to a sink, piece by piece. For the channel's thread. */
final class UploadBody implements RequestBody {
  private static final Logger logger = LoggerFactory.getLogger(UploadBody.class);

  private final BodySink sink;
  private final long limit;
  private long received;
  private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
  private boolean isOver;

  UploadBody(BodySink sink, long limit) {
    this.sink = sink;
    this.limit = limit;
  }

  @Override
  public CompletableFuture<Void> add(ByteBuf content) {
    int size = content.readableBytes();
    if (size > limit - received) {
      throw Refusal.tooLarge(limit);
    }
    received += size;
    if (size > 0) {
      ByteBuffer piece = ByteBuffer.wrap(ByteBufUtil.getBytes(content));
      written = written.thenCompose(done -> Objects.requireNonNull(sink.write(piece), "write"));
    }
    return written;
  }

  @Override
  public CompletableFuture<HttpResponse> finish(Exchange exchange) {
    isOver = true;
    return Handling.call(request -> sink.finish(), exchange.toRequest(new byte[0]));
  }

  @Override
  public void release() {
    if (!isOver) {
      isOver = true;
      written.whenComplete((done, failure) -> abort());
    }
  }

  private void abort() {
    try {
      sink.abort();
    } catch (RuntimeException | Error e) {
      logger.error("the sink of an upload failed to abort", e);
    }
  }
}
