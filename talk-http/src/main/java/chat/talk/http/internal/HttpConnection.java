package chat.talk.http.internal;

import chat.talk.ChatException;
import chat.talk.http.HttpResponse;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection that speaks HTTP: one request after the other, each answered before the next is
 * decoded. All of it runs on the channel's thread.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  /** How much of a body that nobody wants is read, so that the connection stays usable. */
  static final long MAX_DISCARDED = 64L * 1024 * 1024;

  private static final Logger logger = LoggerFactory.getLogger(HttpConnection.class);

  private final Service service;
  private final Limits limits;
  private final RequestDecoder decoder;
  private final AnswerWriter writer;

  private Phase phase = Phase.FRESH;
  private long deadline;
  private @Nullable Future<?> ticking;
  private boolean isLeaving;

  private @Nullable HttpRequest head;
  private @Nullable Exchange exchange;
  private @Nullable Refusal refusal;
  private long received;
  private long turns;

  /** What the connection is doing, and so what it means when time is up. */
  private enum Phase {
    FRESH,
    IDLE,
    HEAD,
    BODY,
    HANDLING,
    WRITING,
    ENDED
  }

  HttpConnection(Service service) {
    this.service = service;
    this.limits = service.limits();
    this.decoder =
        new RequestDecoder(
            limits.maxHeader(), () -> enter(Phase.HEAD, limits.headerTimeout()), this::inputEnded);
    this.writer = new AnswerWriter(limits, this::written);
  }

  RequestDecoder decoder() {
    return decoder;
  }

  private void enter(Phase next, Duration allowed) {
    phase = next;
    deadline = System.nanoTime() + allowed.toNanos();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    enter(Phase.FRESH, limits.headerTimeout());
    long tick = limits.tick().toNanos();
    ticking =
        ctx.executor().scheduleWithFixedDelay(() -> look(ctx), tick, tick, TimeUnit.NANOSECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    releaseLater(ctx);
    writer.cancel();
    phase = Phase.ENDED;
    if (ticking != null) {
      ticking.cancel(false);
    }
  }

  /** A handler that is at work holds the body even when the client is gone. */
  private void releaseLater(ChannelHandlerContext ctx) {
    if (phase == Phase.HANDLING && exchange != null) {
      BodyBuffer body = exchange.body();
      ctx.executor()
          .schedule(body::release, limits.handlerTimeout().toNanos(), TimeUnit.NANOSECONDS);
      exchange = null;
    } else {
      dropExchange();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    handlerRemoved(ctx);
    ctx.fireChannelInactive();
  }

  private void look(ChannelHandlerContext ctx) {
    if (phase == Phase.WRITING) {
      writer.look(ctx);
    } else if (System.nanoTime() - deadline >= 0) {
      timeIsUp(ctx);
    }
  }

  private void timeIsUp(ChannelHandlerContext ctx) {
    switch (phase) {
      case FRESH, IDLE -> ctx.close();
      case HEAD, BODY -> end(ctx, refusal != null ? refusal : tooLate());
      case HANDLING -> respond(ctx, HttpResponse.of(overdue()));
      case WRITING, ENDED -> {}
    }
  }

  private static Refusal tooLate() {
    return Refusal.ending(408, "REQUEST_TIMEOUT", "the request did not come in time");
  }

  private ChatException overdue() {
    logger.warn("{} gave no answer in {}", shown(), limits.handlerTimeout());
    return new ChatException(ChatException.Code.TIMED_OUT, "there is no answer yet");
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof HttpRequest request && phase != Phase.ENDED) {
        begin(ctx, request);
      }
      if (message instanceof HttpContent content && phase == Phase.BODY) {
        proceed(ctx, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    enter(Phase.BODY, limits.headerTimeout());
    head = request;
    received = 0;
    try {
      exchange = Admission.admit(request, service);
      if (HttpUtil.is100ContinueExpected(request)) {
        ctx.writeAndFlush(goOn());
      }
    } catch (Refusal e) {
      refuse(ctx, e);
    }
  }

  private static FullHttpResponse goOn() {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
  }

  /** The client may send its body in spite of the answer, or not: then the connection must end. */
  private void refuse(ChannelHandlerContext ctx, Refusal reason) {
    exchange = null;
    refusal = reason;
    boolean isVague = head.headers().contains("Expect");
    if (reason.isEnding() || isVague || HttpUtil.getContentLength(head, 0L) > MAX_DISCARDED) {
      end(ctx, reason);
    }
  }

  private void proceed(ChannelHandlerContext ctx, HttpContent content) {
    int size = content.content().readableBytes();
    received += size;
    deadline += Limits.nanosFor(size);
    if (content.decoderResult().isFailure()) {
      end(ctx, Refusal.ending(400, "INVALID", "the body is malformed"));
    } else if (received > MAX_DISCARDED && refusal != null) {
      end(ctx, refusal);
    } else {
      collect(ctx, content);
    }
  }

  private void collect(ChannelHandlerContext ctx, HttpContent content) {
    try {
      if (exchange != null) {
        exchange.body().add(content.content());
      }
    } catch (Refusal e) {
      dropExchange();
      refusal = e;
    }
    if (content instanceof LastHttpContent) {
      complete(ctx);
    }
  }

  private void complete(ChannelHandlerContext ctx) {
    decoder.valve.shut();
    if (exchange == null) {
      respond(ctx, refusal.response());
    } else if (exchange.webSocket() != null) {
      upgrade(ctx, exchange.webSocket());
    } else {
      handle(ctx, exchange);
    }
  }

  private void dropExchange() {
    if (exchange != null) {
      exchange.body().release();
      exchange = null;
    }
  }

  private void handle(ChannelHandlerContext ctx, Exchange current) {
    enter(Phase.HANDLING, limits.handlerTimeout());
    long turn = ++turns;
    chat.talk.http.HttpRequest request = current.toRequest();
    CompletableFuture<HttpResponse> answer = Handling.call(current.route().handler(), request);
    boolean isDone = answer.isDone();
    answer.whenComplete(
        (response, failure) -> {
          if (isDone) {
            respond(ctx, Handling.answer(request, response, failure));
          } else {
            hop(
                ctx,
                response,
                () -> {
                  current.body().release();
                  answered(ctx, turn, request, response, failure);
                });
          }
        });
  }

  private static void hop(
      ChannelHandlerContext ctx, @Nullable HttpResponse response, Runnable task) {
    try {
      ctx.executor().execute(task);
    } catch (RejectedExecutionException e) {
      drop(response);
    }
  }

  private static void drop(@Nullable HttpResponse response) {
    if (response != null) {
      StreamedBody.close(response.source());
    }
  }

  /** An answer that comes after the time was up finds another turn, or none. */
  private void answered(
      ChannelHandlerContext ctx,
      long turn,
      chat.talk.http.HttpRequest request,
      @Nullable HttpResponse response,
      @Nullable Throwable failure) {
    if (phase == Phase.HANDLING && turn == turns) {
      respond(ctx, Handling.answer(request, response, failure));
    } else {
      drop(response);
    }
  }

  private void respond(ChannelHandlerContext ctx, HttpResponse response) {
    write(ctx, response, !isLeaving && HttpUtil.isKeepAlive(head));
  }

  /** Answers, and reads nothing more of what the client sends. */
  private void end(ChannelHandlerContext ctx, Refusal reason) {
    decoder.valve.shut();
    write(ctx, reason.response(), false);
  }

  private void write(ChannelHandlerContext ctx, HttpResponse response, boolean keepsAlive) {
    dropExchange();
    refusal = null;
    phase = Phase.WRITING;
    log(response.status());
    try {
      writer.write(ctx, head, response, keepsAlive);
    } catch (ChatException e) {
      logger.error("{} has an unusable answer", shown(), e);
      drop(response);
      writer.write(ctx, head, HttpResponse.of(e), keepsAlive);
    }
    if (isLeaving) {
      writer.leave();
    }
    if (decoder.isInputEnded()) {
      inputEnded(ctx);
    }
  }

  /** Who waits for what has no end is gone; who waits for an answer may still read it. */
  private void inputEnded(ChannelHandlerContext ctx) {
    if (phase == Phase.WRITING && writer.isOpenEnded()) {
      ctx.close();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    writer.proceed();
  }

  private void written(ChannelHandlerContext ctx, boolean isWhole, boolean keepsAlive)
      throws Exception {
    if (!isWhole || phase == Phase.ENDED) {
      ctx.close();
    } else if (!keepsAlive || isLeaving) {
      phase = Phase.ENDED;
      Linger.start(ctx.channel());
    } else {
      head = null;
      enter(Phase.IDLE, limits.idleTimeout());
      decoder.next(ctx.pipeline().context(decoder));
    }
  }

  private void upgrade(ChannelHandlerContext ctx, WebSocketRoute route) {
    ctx.writeAndFlush(WebSocketUpgrade.accept(head));
    log(HttpResponseStatus.SWITCHING_PROTOCOLS.code());
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.remove(this);
    WebSocketConnection.take(pipeline, route, service, isLeaving);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Goodbye.GOODBYE) {
      isLeaving = true;
    }
    if (event == Goodbye.GOODBYE || event instanceof ChannelInputShutdownEvent) {
      leave(ctx, event);
    }
  }

  private void leave(ChannelHandlerContext ctx, Object event) {
    boolean isIdle = phase == Phase.FRESH || phase == Phase.IDLE || phase == Phase.HEAD;
    if (isIdle || (phase == Phase.BODY && event != Goodbye.GOODBYE)) {
      ctx.close();
    } else if (event == Goodbye.GOODBYE) {
      writer.leave();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (isBroken(cause)) {
      logger.debug("a connection broke: {}", cause.toString());
    } else {
      logger.error("{} made the server fail", shown(), cause);
    }
    ctx.close();
  }

  /** The connection's fault, not the server's; epoll wraps it when it notices while reading on. */
  private static boolean isBroken(Throwable cause) {
    return cause instanceof IOException
        || cause instanceof UncheckedIOException
        || cause instanceof DecoderException;
  }

  private void log(int status) {
    if (logger.isDebugEnabled()) {
      logger.debug("{} -> {}", shown(), status);
    }
  }

  /** What a log may show of the request. */
  private String shown() {
    if (head == null) {
      return "(no request)";
    }
    String path = head.uri().split("\\?", 2)[0];
    return head.method() + " " + path.replaceAll("[^!-~]", "?");
  }
}
