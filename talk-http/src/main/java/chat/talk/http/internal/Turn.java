package chat.talk.http.internal;

import chat.talk.http.HttpResponse;
import chat.talk.http.RequestObserver;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** One request, from its head to the end of its answer. For the channel's thread. */
final class Turn {
  /** How much of a body that nobody wants is read, so that the connection stays usable. */
  static final long MAX_DISCARDED = 64L * 1024 * 1024;

  private static final CompletableFuture<Void> TAKEN = CompletableFuture.completedFuture(null);

  final HttpRequest head;
  final Client client;
  private final long begun = System.nanoTime();
  private String route = "-";
  private @Nullable Exchange exchange;
  private @Nullable RequestBody body;
  private @Nullable Refusal refusal;
  private CompletableFuture<Void> taken = TAKEN;
  private long received;
  private boolean isComplete;

  Turn(HttpRequest head, Client client) {
    this.head = head;
    this.client = client;
  }

  /** Remembers by which pattern the request was found. */
  void setRoute(String pattern) {
    route = pattern;
  }

  /**
   * Begins to take in the body of a request that has been let in.
   *
   * @throws Refusal when it is not wanted
   */
  void open(Exchange admitted, Budget budget) {
    body = Admission.open(admitted, budget);
    exchange = admitted;
  }

  /** The client may send its body in spite of the answer, or not: then the connection must end. */
  boolean mustEndWith(Refusal reason) {
    refusal = reason;
    boolean isVague = head.headers().contains("Expect");
    return reason.isEnding() || isVague || HttpUtil.getContentLength(head, 0L) > MAX_DISCARDED;
  }

  /** Takes a part of the body in, or drops it. */
  void add(HttpContent content) {
    received += content.content().readableBytes();
    isComplete |= content instanceof LastHttpContent;
    try {
      if (body != null) {
        taken = body.add(content.content());
      }
    } catch (Refusal e) {
      refuse(e);
    }
  }

  /** Completes when what has come is dealt with; a failure is the answer. */
  CompletableFuture<Void> taken() {
    return taken;
  }

  void refuse(Refusal reason) {
    release();
    taken = TAKEN;
    refusal = reason;
  }

  /** Whether more has been read for nothing than a client may expect. */
  boolean isTooMuch() {
    return refusal != null && received > MAX_DISCARDED;
  }

  /** Whether the body has come to its end. */
  boolean isComplete() {
    return isComplete;
  }

  @Nullable
  Refusal refusal() {
    return refusal;
  }

  @Nullable
  WebSocketRoute webSocket() {
    return exchange == null ? null : exchange.webSocket();
  }

  CompletableFuture<HttpResponse> answer() {
    return body.finish(exchange);
  }

  /** The body is of no use any more. */
  void release() {
    if (body != null) {
      body.release();
      body = null;
    }
  }

  RequestObserver.Answered answered(int status, long bytes) {
    long nanos = System.nanoTime() - begun;
    return new RequestObserver.Answered(AccessLog.name(head.method()), route, status, bytes, nanos);
  }

  /** What a log may show of the request. */
  @Override
  public String toString() {
    return AccessLog.name(head.method()) + " " + route;
  }
}
