package chat.talk.http.internal;

import chat.talk.ChatException;
import chat.talk.http.BodySource;
import chat.talk.http.HttpResponse;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import org.jetbrains.annotations.Nullable;

/** Writes the answers of one connection, one after the other. For the channel's thread. */
final class AnswerWriter {
  private static final byte[] NOTHING = {};

  private final Limits limits;
  private final Origins origins;
  private final End onEnd;
  private @Nullable StreamedBody stream;
  private int status;
  private long sent;
  private long unsent;
  private long deadline;

  /** Is told how an answer ended. */
  interface End {
    void ended(ChannelHandlerContext ctx, boolean isWhole, boolean keepsAlive) throws Exception;
  }

  AnswerWriter(Limits limits, Origins origins, End onEnd) {
    this.limits = limits;
    this.origins = origins;
    this.onEnd = onEnd;
  }

  /**
   * Begins an answer.
   *
   * @param request what is answered, null when it never became one
   * @throws ChatException with {@link ChatException.Code#INTERNAL} when the answer is unusable
   */
  void write(
      ChannelHandlerContext ctx,
      @Nullable HttpRequest request,
      HttpResponse response,
      boolean keepsAlive) {
    status = response.status();
    long length = Responses.length(response);
    io.netty.handler.codec.http.HttpResponse head = Responses.head(response, length);
    boolean isWithBody = Responses.mayHaveBody(response) && !isHead(request);
    boolean isInChunks = isWithBody && length < 0 && !Responses.isOld(request);
    boolean keeps = keepsAlive && (length >= 0 || !isWithBody || isInChunks);
    if (isInChunks) {
      head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    Responses.announce(head.headers(), request, keeps);
    origins.announce(head.headers(), request);
    if (response.source() == null || !isWithBody) {
      StreamedBody.close(response.source());
      writeWhole(ctx, head, isWithBody ? response.body() : NOTHING, keeps);
    } else {
      stream(ctx, head, response.source(), length, keeps);
    }
  }

  private static boolean isHead(@Nullable HttpRequest request) {
    return request != null && request.method().equals(HttpMethod.HEAD);
  }

  private void writeWhole(
      ChannelHandlerContext ctx,
      io.netty.handler.codec.http.HttpResponse head,
      byte[] body,
      boolean keepsAlive) {
    unsent = body.length;
    sent = body.length;
    deadline = System.nanoTime() + limits.idleTimeout().toNanos();
    Responses.write(ctx, head, body)
        .addListener(done -> onEnd.ended(ctx, done.isSuccess(), keepsAlive));
  }

  private void stream(
      ChannelHandlerContext ctx,
      io.netty.handler.codec.http.HttpResponse head,
      BodySource source,
      long length,
      boolean keepsAlive) {
    ctx.write(head, ctx.voidPromise());
    StreamedBody body =
        new StreamedBody(
            ctx, source, length, limits.idleTimeout(), isWhole -> end(ctx, isWhole, keepsAlive));
    stream = body;
    body.proceed();
  }

  private void end(ChannelHandlerContext ctx, boolean isWhole, boolean keepsAlive) {
    sent = stream.sent();
    stream = null;
    try {
      onEnd.ended(ctx, isWhole, keepsAlive);
    } catch (Exception e) {
      ctx.fireExceptionCaught(e);
    }
  }

  /** The status of the latest answer. */
  int status() {
    return status;
  }

  /** How many bytes of body have gone out with the latest answer. */
  long sent() {
    return stream == null ? sent : stream.sent();
  }

  /** Goes on where the client had not read on. */
  void proceed() {
    if (stream != null) {
      stream.proceed();
    }
  }

  /** Cuts off a client that doesn't take its answer. */
  void look(ChannelHandlerContext ctx) {
    if (stream != null ? stream.isStuck() : isStuck(ctx)) {
      ctx.close();
    }
  }

  /**
   * A client may read slowly, but not so slowly that it means to hold us up. The system takes large
   * pieces, so that it may look for long as if nothing moved.
   */
  private boolean isStuck(ChannelHandlerContext ctx) {
    if (System.nanoTime() - deadline < 0) {
      return false;
    }
    long left = ctx.channel().bytesBeforeWritable();
    boolean isTooSlow = Limits.nanosFor(unsent - left) < limits.idleTimeout().toNanos();
    unsent = left;
    deadline = System.nanoTime() + limits.idleTimeout().toNanos();
    return isTooSlow;
  }

  /** Whether what is being written ends only when somebody says so. */
  boolean isOpenEnded() {
    return stream != null && stream.isOpenEnded();
  }

  /** The server goes away. */
  void leave() {
    if (stream != null) {
      stream.leave();
    }
  }

  /** The connection is no more. */
  void cancel() {
    if (stream != null) {
      stream.cancel();
    }
  }
}
