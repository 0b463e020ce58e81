package chat.talk.http;

import chat.talk.ChatException;
import chat.talk.http.internal.ErrorStyle;
import chat.talk.http.internal.Limits;
import chat.talk.http.internal.NettyServer;
import chat.talk.http.internal.Origins;
import chat.talk.http.internal.Proxies;
import chat.talk.http.internal.Router;
import chat.talk.http.internal.Rules;
import chat.talk.http.internal.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/**
 * A server for HTTP/1.1 and WebSocket that is told what to serve route by route:
 *
 * <pre>{@code
 * HttpServer server =
 *     HttpServer.builder()
 *         .listenOn("127.0.0.1", 8080)
 *         .route("GET", "/v1/greeting/{user}", request -> greet(request.parameter("user")))
 *         .start();
 * }</pre>
 *
 * <p>What is common to all routes it does itself, before a handler is called: limits on headers,
 * bodies, time and connections; 404, 405 with {@code Allow}, {@code HEAD} and {@code OPTIONS}; and
 * it refuses what a foreign web page could make a browser send, by {@code Origin} and {@code
 * Content-Type}, and by {@code Host}: when it listens on a loopback address, or a request has an
 * {@code Origin}, the host asked for must be an IP address, {@code localhost}, the host that the
 * server listens on or one of {@link Builder#allowHosts}, else the answer is 421. So a server on
 * loopback that a proxy makes public must be told its public name. Its errors are JSON, like those
 * of {@link HttpResponse#error}, with the code of a {@link ChatException} or a word of HTTP's own
 * such as {@code NOT_FOUND}.
 *
 * <p>It has at most two I/O threads, which are daemons named {@code talk-<name>-io-<n>}.
 */
public final class HttpServer implements AutoCloseable {
  private final NettyServer server;

  private HttpServer(NettyServer server) {
    this.server = server;
  }

  /**
   * Begins a server that listens on any free port of 127.0.0.1 and serves nothing.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The host.
   *
   * @return as {@link Builder#listenOn} was given it
   */
  public String host() {
    return server.host();
  }

  /**
   * The port.
   *
   * @return the one that it really listens on
   */
  public int port() {
    return server.port();
  }

  /**
   * How many connections are open.
   *
   * @return the number, WebSockets included
   */
  public int openConnections() {
    return server.openConnections();
  }

  /**
   * How much is held of requests and messages that have not been answered or have not come whole.
   *
   * @return in bytes; bounded by {@link Builder#maxHeld}
   */
  public long heldBytes() {
    return server.heldBytes();
  }

  /**
   * Stops. First, who polls a hub for answers has up to 2 seconds to fetch those that there are.
   * Then: no new connections; open requests are answered; WebSockets get what was sent to them and
   * a goodbye with code 1001; whatever has not ended after 2 more seconds is cut off. When it
   * returns the port is free and the threads are gone; twice does nothing. A handler that calls it
   * gets it done in the background.
   */
  @Override
  public void close() {
    server.close();
  }

  /** What to serve, where, and within which limits. Not for use by several threads at once. */
  public static final class Builder {
    private static final int DEFAULT_MAX_BODY = 64 * 1024;

    private final Router.Builder routes = new Router.Builder();
    private Limits limits = Limits.DEFAULT;
    private String host = "127.0.0.1";
    private int port;
    private String name = "http";
    private final Set<String> hosts = new HashSet<>();
    private final Set<String> origins = new HashSet<>();
    private final Set<String> proxies = new HashSet<>();
    private ErrorStyle errors = ErrorStyle.PLAIN;
    private RequestObserver observer = RequestObserver.NONE;
    private @Nullable Tls tls;

    private Builder() {}

    /**
     * Where to listen.
     *
     * @param localHost a local address or name, {@code 0.0.0.0} for all
     * @param localPort 1 to 65535, or 0 for any that is free
     * @return this
     * @throws ChatException with {@link ChatException.Code#INVALID} when there is no such port
     */
    public Builder listenOn(String localHost, int localPort) {
      require(localPort >= 0 && localPort <= 65535, "a port is 0 to 65535, but was " + localPort);
      host = localHost;
      port = localPort;
      return this;
    }

    /**
     * Further names under which clients may ask for this server. A page in a browser can have its
     * own name point to this machine; so where browsers might reach the server, names that it
     * doesn't know are answered with 421.
     *
     * @param names host names without ports, such as {@code chat.example.org}; in any case
     * @return this
     */
    public Builder allowHosts(String... names) {
      hosts.addAll(List.of(names));
      return this;
    }

    /**
     * Makes all errors {@code application/problem+json} (RFC 9457), with the {@code code} and,
     * where it is known, {@code retryAt}; and tells in {@code Retry-After} when to come again.
     *
     * @return this
     */
    public Builder problems() {
      errors = ErrorStyle.PROBLEM;
      return this;
    }

    /**
     * Web pages of which other origins may use this server (CORS), WebSockets included. They may
     * send {@code Authorization}, but the browser adds no cookies. Pages of other origins are kept
     * out.
     *
     * @param pages origins such as {@code https://chat.example.org}, or {@code *} for all
     * @return this
     * @throws ChatException with {@link ChatException.Code#INVALID} when one is neither
     */
    public Builder allowOrigins(String... pages) {
      Origins.requireValid(pages);
      origins.addAll(List.of(pages));
      return this;
    }

    /**
     * Proxies in front of this server. What they say in {@code X-Forwarded-For}, {@code -Proto} and
     * {@code -Host} counts, what anybody else says there does not. The last value counts that a
     * proxy of these didn't write itself.
     *
     * @param addresses IP addresses, and blocks such as {@code 10.0.0.0/8}
     * @return this
     * @throws ChatException with {@link ChatException.Code#INVALID} when one is neither
     */
    public Builder trustProxies(String... addresses) {
      Proxies.requireValid(addresses);
      proxies.addAll(List.of(addresses));
      return this;
    }

    /**
     * Who is told of each request.
     *
     * @param requestObserver replaces the one before
     * @return this
     */
    public Builder observe(RequestObserver requestObserver) {
      observer = requestObserver;
      return this;
    }

    /**
     * What the threads are called.
     *
     * @param threadName the middle of {@code talk-<name>-io-1}
     * @return this
     */
    public Builder name(String threadName) {
      name = threadName;
      return this;
    }

    /**
     * Serves a path, with bodies of up to 64 KiB.
     *
     * @param method such as {@code GET}, which includes {@code HEAD}. {@code POST}, {@code PUT} and
     *     {@code PATCH} take {@code application/json} only
     * @param pathPattern a path; {@code {name}} stands for any one segment that is not empty. A
     *     path without names goes before one with them
     * @param handler answers
     * @return this
     * @throws ChatException with {@link ChatException.Code#INVALID} when this is served already
     */
    public Builder route(String method, String pathPattern, HttpHandler handler) {
      return route(method, pathPattern, DEFAULT_MAX_BODY, handler);
    }

    /**
     * Serves a path.
     *
     * @param method as above
     * @param pathPattern as above
     * @param maxBody the most bytes a body may have; more is answered with 413
     * @param handler answers
     * @return this
     * @throws ChatException with {@link ChatException.Code#INVALID} as above
     */
    public Builder route(String method, String pathPattern, int maxBody, HttpHandler handler) {
      require(maxBody >= 0, "maxBody is 0 or more, but was " + maxBody);
      routes.add(method, pathPattern, maxBody, handler);
      return this;
    }

    /**
     * Serves a path whose bodies are taken in as they come, of any {@code Content-Type}.
     *
     * @param method as above
     * @param pathPattern as above
     * @param maxBody the most bytes a body may have; more is answered with 413
     * @param handler takes the bodies
     * @return this
     * @throws ChatException with {@link ChatException.Code#INVALID} as above
     */
    public Builder upload(String method, String pathPattern, long maxBody, UploadHandler handler) {
      require(maxBody >= 0, "maxBody is 0 or more, but was " + maxBody);
      routes.addUpload(method, pathPattern, maxBody, handler);
      return this;
    }

    /**
     * Serves WebSockets (version 13; text only, unless the handler takes more).
     *
     * @param path as the pattern of a route
     * @param maxMessage the most bytes a message may have; more ends the session with code 1009
     * @param handler takes the messages
     * @return this
     * @throws ChatException with {@link ChatException.Code#INVALID} as above
     */
    public Builder webSocket(String path, int maxMessage, WebSocketHandler handler) {
      return webSocketSessions(path, maxMessage, () -> handler);
    }

    /**
     * Serves WebSockets, as {@link #webSocket} does, each with a handler of its own.
     *
     * @param path as the pattern of a route
     * @param maxMessage as above
     * @param handlers makes the handler of a session that begins
     * @return this
     * @throws ChatException with {@link ChatException.Code#INVALID} as above
     */
    public Builder webSocketSessions(
        String path, int maxMessage, Supplier<WebSocketHandler> handlers) {
      require(maxMessage > 0, "maxMessage is 1 or more, but was " + maxMessage);
      routes.addWebSocket(path, maxMessage, handlers);
      return this;
    }

    /**
     * Serves WebSockets that get each message back unchanged, text or binary: the very same way as
     * all others, so that a conformance suite may try it.
     *
     * @param path as the pattern of a route
     * @param maxMessage as above
     * @return this
     * @throws ChatException with {@link ChatException.Code#INVALID} as above
     */
    public Builder echo(String path, int maxMessage) {
      return webSocket(path, maxMessage, new EchoHandler());
    }

    /** Answers GET at a path, unless something is served there. */
    Builder unlessServed(String path, HttpHandler handler) {
      routes.addUnlessServed(path, handler);
      return this;
    }

    /** What to wait for, if not for long, before the server stops to listen. */
    Builder lastWords(Supplier<CompletableFuture<Void>> said) {
      routes.addLastWords(said);
      return this;
    }

    /** How long that is, asked when it comes to that; 2 seconds unless said. */
    Builder grace(Supplier<Duration> duration) {
      routes.setGrace(duration);
      return this;
    }

    /**
     * Speaks TLS 1.2 and 1.3 instead of plain text.
     *
     * @param certificateChainPem a file with the certificate and those above it
     * @param privateKeyPem a file with the key in PKCS #8, not encrypted
     * @return this
     * @throws ChatException with {@link ChatException.Code#INVALID} when the files hold no such
     *     thing
     */
    public Builder tls(Path certificateChainPem, Path privateKeyPem) {
      tls = Tls.load(certificateChainPem, privateKeyPem);
      return this;
    }

    /**
     * How long a client may take to send a request's head. Bodies have this long too, and a second
     * more for every KiB that came, of which they can save up the {@link #idleTimeout}: so a slow
     * line is no fault, and silence is. Too slow is answered with 408.
     *
     * @param timeout more than zero; 10 s unless set
     * @return this
     */
    public Builder headerTimeout(Duration timeout) {
      limits = limits.withHeaderTimeout(positive("headerTimeout", timeout));
      return this;
    }

    /**
     * How long a connection may be silent between requests before it is closed. A WebSocket that is
     * silent gets a ping after half of it.
     *
     * @param timeout more than zero; 75 s unless set
     * @return this
     */
    public Builder idleTimeout(Duration timeout) {
      limits = limits.withIdleTimeout(positive("idleTimeout", timeout));
      return this;
    }

    /**
     * How long a handler may take before the client gets a 504.
     *
     * @param timeout more than zero; 30 s unless set
     * @return this
     */
    public Builder handlerTimeout(Duration timeout) {
      limits = limits.withHandlerTimeout(positive("handlerTimeout", timeout));
      return this;
    }

    /**
     * How many connections there may be at a time; further ones are closed at once.
     *
     * @param count 1 or more; 10,000 unless set
     * @return this
     */
    public Builder maxConnections(int count) {
      require(count > 0, "maxConnections is 1 or more, but was " + count);
      limits = limits.withMaxConnections(count);
      return this;
    }

    /**
     * How many connections there may be at a time from one address, or one network of 64 bits in
     * IPv6; further ones are closed at once. The connections of a trusted proxy have no limit of
     * their own: each counts for the client of the latest request over it, and a request for which
     * there is no room is answered with 429. So clients are limited in what lasts, such as
     * WebSockets, and in requests at the same time, but a proxy that reuses its connections hides
     * how many a client has to it.
     *
     * @param count 1 or more; no limit unless set
     * @return this
     */
    public Builder maxConnectionsPerAddress(int count) {
      require(count > 0, "maxConnectionsPerAddress is 1 or more, but was " + count);
      limits = limits.withMaxConnectionsPerAddress(count);
      return this;
    }

    /**
     * How long a request line may be, and how long all headers together.
     *
     * @param bytes 1 or more; 8 KiB unless set
     * @return this
     */
    public Builder maxHeader(int bytes) {
      require(bytes > 0, "maxHeader is 1 or more, but was " + bytes);
      limits = limits.withMaxHeader(bytes);
      return this;
    }

    /** How many bytes of what is half received all clients together may leave here. */
    Builder maxHeld(long bytes) {
      limits = limits.withMaxHeld(bytes);
      return this;
    }

    /**
     * Starts the server.
     *
     * @return the server, which listens
     * @throws ChatException with {@link ChatException.Code#CANNOT_LISTEN} when it cannot listen
     *     there
     */
    public HttpServer start() {
      Rules rules = new Rules(hosts, errors, new Origins(origins), new Proxies(proxies), observer);
      return new HttpServer(
          NettyServer.start(host, port, name, tls, rules, limits, routes.build()));
    }

    private static Duration positive(String parameter, Duration timeout) {
      boolean isPositive = !timeout.isNegative() && !timeout.isZero();
      require(isPositive, parameter + " is more than zero, but was " + timeout);
      return timeout;
    }

    private static void require(boolean holds, String rule) {
      if (!holds) {
        throw new ChatException(ChatException.Code.INVALID, rule);
      }
    }
  }
}
