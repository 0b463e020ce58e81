package chat.talk.http.internal;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules that a request's head must pass before its body is read. */
final class Admission {
  private static final Set<HttpMethod> HARMLESS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final Set<HttpMethod> WITH_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  private Admission() {}

  /**
   * Lets a request in.
   *
   * @throws Refusal when it breaks a rule
   */
  static Exchange admit(HttpRequest head, Service service) {
    requireSound(head);
    requireHost(head);
    service.hosts().requireOwn(head.headers());
    String path = path(head.uri());
    Router.Match match = service.router().find(path);
    boolean wantsWebSocket = WebSocketUpgrade.isWanted(head);
    if (match == null || (wantsWebSocket && match.resource().webSocket() == null)) {
      throw Refusal.of(404, "NOT_FOUND", "there is nothing at this path");
    }
    Budget.Share share = service.budget().new Share();
    return wantsWebSocket
        ? admitWebSocket(head, path, match, share)
        : admit(head, path, match, share);
  }

  private static void requireSound(HttpRequest head) {
    if (head.decoderResult().isFailure()) {
      throw malformed(head.decoderResult().cause());
    }
    HttpVersion version = head.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      throw Refusal.ending(400, "INVALID", "only HTTP/1.1 and HTTP/1.0 are spoken here");
    }
  }

  private static Refusal malformed(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Refusal.ending(414, "URI_TOO_LONG", "the request line is too long");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return Refusal.ending(431, "HEADERS_TOO_LARGE", "the headers are too large");
    }
    return Refusal.ending(400, "INVALID", "the request is malformed");
  }

  private static void requireHost(HttpRequest head) {
    int hosts = head.headers().getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1 || (hosts == 0 && head.protocolVersion().equals(HttpVersion.HTTP_1_1))) {
      throw Refusal.ending(400, "INVALID", "a request has one Host header");
    }
  }

  /** The path of {@code /path?query} or {@code http://host/path?query}. */
  private static String path(String uri) {
    int query = uri.indexOf('?');
    String target = query < 0 ? uri : uri.substring(0, query);
    String path = target.startsWith("/") ? target : withoutOrigin(target);
    if (!path.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw Refusal.invalid("not a path");
    }
    return path;
  }

  private static String withoutOrigin(String target) {
    int scheme = target.indexOf("://");
    if (scheme < 0) {
      throw Refusal.invalid("not a path");
    }
    int slash = target.indexOf('/', scheme + "://".length());
    return slash < 0 ? "/" : target.substring(slash);
  }

  private static Exchange admitWebSocket(
      HttpRequest head, String path, Router.Match match, Budget.Share share) {
    Origins.requireSame(head.headers());
    WebSocketUpgrade.requireProper(head);
    WebSocketRoute webSocket = match.resource().webSocket();
    return new Exchange(head, path, Map.of(), null, webSocket, new BodyBuffer(0, 0, share));
  }

  private static Exchange admit(
      HttpRequest head, String path, Router.Match match, Budget.Share share) {
    Route route = match.resource().route(head.method().name());
    if (route == null) {
      throw noSuchMethod(head, match.resource());
    }
    if (!HARMLESS.contains(head.method())) {
      Origins.requireSame(head.headers());
    }
    Map<String, String> parameters = decode(match.encodedParameters());
    requireJson(head);
    return new Exchange(head, path, parameters, route, null, body(head, route.maxBody(), share));
  }

  private static Refusal noSuchMethod(HttpRequest head, Resource resource) {
    if (resource.webSocket() != null && head.method().equals(HttpMethod.GET)) {
      return WebSocketUpgrade.required();
    }
    return Refusal.of(405, "METHOD_NOT_ALLOWED", "this path does not have that method")
        .with("Allow", resource.allowed());
  }

  private static Map<String, String> decode(Map<String, String> encoded) {
    Map<String, String> decoded = new LinkedHashMap<>(encoded);
    decoded.replaceAll((name, value) -> PercentEncoding.decode(value));
    return decoded;
  }

  /** Also refuses a body without a type: a page can have a browser send such a blob anywhere. */
  private static void requireJson(HttpRequest head) {
    List<String> types = head.headers().getAll(HttpHeaderNames.CONTENT_TYPE);
    if (WITH_BODY.contains(head.method()) && !(types.size() == 1 && isJson(types.get(0)))) {
      throw Refusal.of(
          415, "UNSUPPORTED_MEDIA_TYPE", "the Content-Type must be application/json in UTF-8");
    }
  }

  private static boolean isJson(String contentType) {
    String type = contentType.split(";", 2)[0].strip();
    CharSequence charset = HttpUtil.getCharsetAsSequence(contentType);
    return HttpHeaderValues.APPLICATION_JSON.contentEqualsIgnoreCase(type)
        && (charset == null || isUtf8(charset.toString()));
  }

  private static boolean isUtf8(String charset) {
    return charset.replace("\"", "").strip().equalsIgnoreCase("utf-8");
  }

  private static BodyBuffer body(HttpRequest head, int maxBody, Budget.Share share) {
    requireKnownExpectation(head.headers());
    long announced = HttpUtil.getContentLength(head, -1L);
    if (announced > maxBody) {
      throw Refusal.tooLarge(maxBody);
    }
    return new BodyBuffer(maxBody, announced, share);
  }

  private static void requireKnownExpectation(HttpHeaders headers) {
    String expected = headers.get(HttpHeaderNames.EXPECT);
    if (expected != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected)) {
      throw Refusal.of(417, "EXPECTATION_FAILED", "only 100-continue can be expected");
    }
  }
}
