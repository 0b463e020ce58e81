package chat.talk.http.internal;

import chat.talk.ChatException;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetbrains.annotations.Nullable;

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
  static Exchange admit(Turn turn, Service service) {
    HttpRequest head = turn.head;
    requireSound(head);
    requireHost(head);
    requireOwnHost(turn, service);
    Target target = Target.parse(head.uri());
    Router.Match match = service.router().find(target.path());
    boolean wantsWebSocket = WebSocketUpgrade.isWanted(head);
    if (match == null || (wantsWebSocket && match.resource().webSocket() == null)) {
      throw Refusal.of(404, "NOT_FOUND", "there is nothing at this path");
    }
    turn.setRoute(match.resource().pattern.toString());
    Origins origins = service.rules().origins();
    return wantsWebSocket
        ? admitWebSocket(turn, target, match.resource().webSocket(), origins)
        : admit(turn, target, match, origins);
  }

  /**
   * What a proxy connects counts for the client whose request comes over it.
   *
   * @throws Refusal with 429 when that client has too many connections
   */
  static void requireRoom(
      Channel channel, @Nullable InetAddress peer, Client client, Service service) {
    if (service.rules().proxies().trusts(peer)
        && !service.connections().move(channel, client.address())) {
      throw Refusal.of(
          new ChatException(ChatException.Code.LIMITED, "too many connections from one address"));
    }
  }

  private static void requireOwnHost(Turn turn, Service service) {
    HttpHeaders headers = turn.head.headers();
    boolean isOfUnknownPage =
        headers.contains(HttpHeaderNames.ORIGIN) && !service.rules().origins().isListed(headers);
    service.hosts().requireOwn(turn.client.host(), isOfUnknownPage);
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

  private static Exchange admitWebSocket(
      Turn turn, Target target, WebSocketRoute webSocket, Origins origins) {
    requireAllowedOrigin(turn, origins);
    WebSocketUpgrade.requireProper(turn.head);
    return new Exchange(turn.head, target, turn.client, Map.of(), null, webSocket);
  }

  private static void requireAllowedOrigin(Turn turn, Origins origins) {
    String host = turn.client.host();
    origins.requireAllowed(turn.head.headers(), host == null ? "" : host);
  }

  private static Exchange admit(Turn turn, Target target, Router.Match match, Origins origins) {
    HttpRequest head = turn.head;
    Route route = match.resource().route(head.method().name());
    if (route == null) {
      throw noSuchMethod(head, match.resource());
    }
    if (!HARMLESS.contains(head.method())) {
      requireAllowedOrigin(turn, origins);
    }
    Map<String, String> parameters = decode(match.encodedParameters());
    if (route.upload() == null) {
      requireJson(head);
    }
    return new Exchange(head, target, turn.client, parameters, route, null);
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
    try {
      decoded.replaceAll((name, value) -> PercentEncoding.decodeSegment(value));
    } catch (ChatException e) {
      throw Refusal.of(e);
    }
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

  /**
   * Makes room for the body of a request that has been let in.
   *
   * @throws Refusal when it is too large, or not wanted
   */
  static RequestBody open(Exchange exchange, Budget budget) {
    Route route = exchange.route();
    if (route == null) {
      return new BodyBuffer(0, 0, budget.new Share());
    }
    requireKnownExpectation(exchange.head().headers());
    long announced = HttpUtil.getContentLength(exchange.head(), -1L);
    if (announced > route.maxBody()) {
      throw Refusal.tooLarge(route.maxBody());
    }
    return route.upload() != null
        ? new UploadBody(Handling.open(route.upload(), exchange), route.maxBody())
        : new BodyBuffer((int) route.maxBody(), announced, budget.new Share());
  }

  private static void requireKnownExpectation(HttpHeaders headers) {
    String expected = headers.get(HttpHeaderNames.EXPECT);
    if (expected != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected)) {
      throw Refusal.of(417, "EXPECTATION_FAILED", "only 100-continue can be expected");
    }
  }
}
