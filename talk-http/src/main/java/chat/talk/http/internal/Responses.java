package chat.talk.http.internal;

import chat.talk.ChatException;
import chat.talk.http.HttpResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jetbrains.annotations.Nullable;

/** Answers in Netty's terms. */
final class Responses {
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private Responses() {}

  /**
   * Puts an answer together.
   *
   * @param withBody false after {@code HEAD}, where only the length of the body is told
   * @throws ChatException with {@link ChatException.Code#INTERNAL} when its headers are malformed
   */
  static FullHttpResponse encode(HttpResponse response, boolean withBody) {
    byte[] body = response.body();
    ByteBuf content = withBody ? Unpooled.wrappedBuffer(body) : Unpooled.EMPTY_BUFFER;
    FullHttpResponse encoded =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()), content);
    addHeaders(response, encoded.headers());
    if (response.status() != NO_CONTENT && response.status() != NOT_MODIFIED) {
      encoded.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    }
    return encoded;
  }

  private static void addHeaders(HttpResponse response, HttpHeaders headers) {
    try {
      response.headers().forEach(headers::set);
    } catch (IllegalArgumentException e) {
      throw new ChatException(ChatException.Code.INTERNAL, "a header is malformed", e);
    }
  }

  /** Tells the client what becomes of the connection, where that isn't what it expects anyway. */
  static void announce(FullHttpResponse response, @Nullable HttpRequest head, boolean keepsAlive) {
    if (!keepsAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (head != null && head.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
  }
}
