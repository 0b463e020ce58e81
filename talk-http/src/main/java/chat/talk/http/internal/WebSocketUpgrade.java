package chat.talk.http.internal;

import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The handshake of RFC 6455, section 4.2. */
final class WebSocketUpgrade {
  /** RFC 6455, section 1.3. */
  private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final int KEY_LENGTH = 16;

  private WebSocketUpgrade() {}

  static boolean isWanted(HttpRequest head) {
    return head.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  /**
   * Checks the handshake.
   *
   * @throws Refusal with 426 for another version or a half-hearted request, 400 for a broken one
   */
  static void requireProper(HttpRequest head) {
    HttpHeaders headers = head.headers();
    boolean isUpgrade =
        headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    if (!isUpgrade || !"13".equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      throw required();
    }
    if (!head.method().equals(HttpMethod.GET)
        || !head.protocolVersion().equals(HttpVersion.HTTP_1_1)
        || !isKey(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, ""))
        || hasBody(head)) {
      throw Refusal.ending(400, "INVALID", "the WebSocket handshake is malformed");
    }
  }

  private static boolean hasBody(HttpRequest head) {
    return HttpUtil.isTransferEncodingChunked(head) || HttpUtil.getContentLength(head, 0L) > 0;
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == KEY_LENGTH;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The answer to whoever speaks plain HTTP to a WebSocket, or another version. */
  static Refusal required() {
    return Refusal.of(426, "UPGRADE_REQUIRED", "this path speaks WebSocket version 13")
        .with("Upgrade", "websocket")
        .with("Connection", "Upgrade")
        .with("Sec-WebSocket-Version", "13");
  }

  /** The answer that makes the connection a WebSocket. */
  static FullHttpResponse accept(HttpRequest head) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
    response
        .headers()
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        .set(
            HttpHeaderNames.SEC_WEBSOCKET_ACCEPT,
            accept(head.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY)));
    return response;
  }

  private static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
