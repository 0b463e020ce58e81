package chat.talk.http.internal;

import chat.talk.ChatException;
import chat.talk.http.BodySource;
import chat.talk.http.HttpResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jetbrains.annotations.Nullable;

/** Answers in Netty's terms. */
final class Responses {
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int PIECE = 64 * 1024;

  private Responses() {}

  /**
   * The answer's head.
   *
   * @param length of the body, negative when it isn't known
   * @throws ChatException with {@link ChatException.Code#INTERNAL} when its headers are malformed
   */
  static io.netty.handler.codec.http.HttpResponse head(HttpResponse response, long length) {
    io.netty.handler.codec.http.HttpResponse head =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()));
    addHeaders(response, head.headers());
    head.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
    if (mayHaveBody(response) && length >= 0) {
      head.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
    }
    return head;
  }

  /** Whether its status is one that goes with a body. */
  static boolean mayHaveBody(HttpResponse response) {
    return response.status() != NO_CONTENT && response.status() != NOT_MODIFIED;
  }

  /** How long the body is, negative when it isn't known. */
  static long length(HttpResponse response) {
    BodySource source = response.source();
    if (source == null) {
      return response.body().length;
    }
    try {
      return source.length();
    } catch (RuntimeException | Error e) {
      throw new ChatException(ChatException.Code.INTERNAL, "a body has no length", e);
    }
  }

  private static void addHeaders(HttpResponse response, HttpHeaders headers) {
    try {
      response.headers().forEach(headers::set);
    } catch (IllegalArgumentException e) {
      throw new ChatException(ChatException.Code.INTERNAL, "a header is malformed", e);
    }
  }

  /** Tells the client what becomes of the connection, where that isn't what it expects anyway. */
  static void announce(HttpHeaders response, @Nullable HttpRequest head, boolean keepsAlive) {
    if (!keepsAlive) {
      response.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (isOld(head)) {
      response.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
  }

  /** Whether the client may not know what comes in chunks. */
  static boolean isOld(@Nullable HttpRequest head) {
    return head != null && head.protocolVersion().equals(HttpVersion.HTTP_1_0);
  }

  /** Writes an answer in pieces that are small enough to see by them how the client gets on. */
  static ChannelFuture write(
      ChannelHandlerContext ctx, io.netty.handler.codec.http.HttpResponse head, byte[] body) {
    if (body.length <= PIECE) {
      return ctx.writeAndFlush(
          new DefaultFullHttpResponse(
              head.protocolVersion(),
              head.status(),
              Unpooled.wrappedBuffer(body),
              head.headers(),
              EmptyHttpHeaders.INSTANCE));
    }
    ctx.write(head, ctx.voidPromise());
    for (int from = 0; from < body.length; from += PIECE) {
      int length = Math.min(PIECE, body.length - from);
      ByteBuf piece = Unpooled.wrappedBuffer(body, from, length);
      ctx.write(new DefaultHttpContent(piece), ctx.voidPromise());
    }
    return ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
  }
}
