package chat.talk.http.internal;

import chat.talk.ChatException;
import chat.talk.http.HttpResponse;
import chat.talk.http.internal.Stage.Phase;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
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
  private static final Logger logger = LoggerFactory.getLogger(HttpConnection.class);

  /** There is always room for an answer of this many bytes. */
  private static final int SMALL = 64 * 1024;

  private final Service service;
  private final @Nullable InetAddress peer;
  private final boolean isTls;
  private final Limits limits;
  private final RequestDecoder decoder;
  private final AnswerWriter writer;

  /** What is being written, which the client may leave unread. */
  private final Budget.Share unread;

  private final Stage stage;

  private @Nullable Future<?> ticking;
  private boolean isLeaving;
  private @Nullable Turn turn;

  HttpConnection(Service service, @Nullable InetAddress peer, boolean isTls) {
    this.service = service;
    this.peer = peer;
    this.isTls = isTls;
    this.limits = service.limits();
    this.stage = new Stage(limits);
    this.decoder = new RequestDecoder(limits.maxHeader(), stage::begin, this::inputEnded);
    this.unread = service.unread().new Share();
    this.writer = new AnswerWriter(limits, service.rules().origins(), this::written);
  }

  RequestDecoder decoder() {
    return decoder;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    stage.enter(Phase.FRESH, limits.headerTimeout());
    long tick = limits.tick().toNanos();
    ticking =
        ctx.executor().scheduleWithFixedDelay(() -> look(ctx), tick, tick, TimeUnit.NANOSECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (stage.is(Phase.WRITING)) {
      note();
    }
    releaseLater(ctx);
    writer.cancel();
    unread.release();
    stage.enter(Phase.ENDED, Duration.ZERO);
    if (ticking != null) {
      ticking.cancel(false);
    }
  }

  /** A handler that is at work holds the body even when the client is gone. */
  private void releaseLater(ChannelHandlerContext ctx) {
    Turn last = turn;
    turn = null;
    if (last != null && stage.is(Phase.HANDLING)) {
      long nanos = limits.handlerTimeout().toNanos();
      ctx.executor().schedule(last::release, nanos, TimeUnit.NANOSECONDS);
    } else if (last != null) {
      last.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    handlerRemoved(ctx);
    ctx.fireChannelInactive();
  }

  private void look(ChannelHandlerContext ctx) {
    if (stage.is(Phase.WRITING)) {
      writer.look(ctx);
    } else if (stage.isTimeUp()) {
      timeIsUp(ctx);
    }
  }

  private void timeIsUp(ChannelHandlerContext ctx) {
    switch (stage.phase()) {
      case FRESH, IDLE -> ctx.close();
      case HEAD, BODY ->
          end(ctx, turn != null && turn.refusal() != null ? turn.refusal() : tooLate());
      case PAUSED -> end(ctx, Refusal.of(overdue()));
      case HANDLING -> respond(ctx, service.rules().errors().of(overdue()));
      case WRITING, ENDED -> {}
    }
  }

  private static Refusal tooLate() {
    return Refusal.ending(408, "REQUEST_TIMEOUT", "the request did not come in time");
  }

  private ChatException overdue() {
    logger.warn("{} gave no answer in {}", turn, limits.handlerTimeout());
    return new ChatException(ChatException.Code.TIMED_OUT, "there is no answer yet");
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof HttpRequest request && !stage.is(Phase.ENDED)) {
        begin(ctx, request);
      }
      if (message instanceof HttpContent content && stage.isReading()) {
        proceed(ctx, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    stage.enter(Phase.BODY, limits.headerTimeout());
    turn = new Turn(request, service.rules().proxies().clientOf(peer, isTls, request.headers()));
    try {
      Admission.requireRoom(ctx.channel(), peer, turn.client, service);
      turn.open(Admission.admit(turn, service), service.budget());
      if (HttpUtil.is100ContinueExpected(request)) {
        ctx.writeAndFlush(goOn());
      }
    } catch (Refusal e) {
      if (turn.mustEndWith(e)) {
        end(ctx, e);
      }
    }
  }

  private static FullHttpResponse goOn() {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
  }

  private void proceed(ChannelHandlerContext ctx, HttpContent content) {
    stage.allowFor(content.content().readableBytes());
    if (content.decoderResult().isFailure()) {
      end(ctx, Refusal.ending(400, "INVALID", "the body is malformed"));
      return;
    }
    turn.add(content);
    if (turn.isTooMuch()) {
      end(ctx, turn.refusal());
    } else if (stage.is(Phase.BODY)) {
      goOnAfter(ctx, turn);
    }
  }

  private void goOnAfter(ChannelHandlerContext ctx, Turn current) {
    CompletableFuture<Void> taken = current.taken();
    if (!taken.isDone()) {
      decoder.valve.shut();
      stage.pause();
      taken.whenComplete((done, failure) -> hop(ctx, null, () -> resume(ctx, current)));
      return;
    }
    if (taken.isCompletedExceptionally() && current.refusal() == null) {
      current.refuse(Handling.refusal(current, taken));
    }
    if (current.isComplete()) {
      complete(ctx);
    }
  }

  private void resume(ChannelHandlerContext ctx, Turn current) {
    if (stage.is(Phase.PAUSED) && turn == current) {
      stage.resume();
      goOnAfter(ctx, current);
    }
    if (stage.is(Phase.BODY) && turn == current) {
      readOn(ctx);
    }
  }

  private void readOn(ChannelHandlerContext ctx) {
    try {
      decoder.next(ctx.pipeline().context(decoder));
    } catch (Exception e) {
      exceptionCaught(ctx, e);
    }
  }

  private void complete(ChannelHandlerContext ctx) {
    decoder.valve.shut();
    if (turn.refusal() != null) {
      respond(ctx, turn.refusal().response(service.rules().errors()));
    } else if (turn.webSocket() != null) {
      upgrade(ctx, turn.webSocket());
    } else {
      handle(ctx, turn);
    }
  }

  private void handle(ChannelHandlerContext ctx, Turn current) {
    stage.enter(Phase.HANDLING, limits.handlerTimeout());
    CompletableFuture<HttpResponse> answer = current.answer();
    boolean isDone = answer.isDone();
    answer.whenComplete(
        (response, failure) -> {
          if (isDone) {
            answered(ctx, current, response, failure);
          } else {
            hop(ctx, response, () -> answered(ctx, current, response, failure));
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
      Turn current,
      @Nullable HttpResponse response,
      @Nullable Throwable failure) {
    current.release();
    if (stage.is(Phase.HANDLING) && turn == current) {
      respond(ctx, Handling.answer(current, response, failure, service.rules().errors()));
    } else {
      drop(response);
    }
  }

  private void respond(ChannelHandlerContext ctx, HttpResponse response) {
    write(ctx, response, !isLeaving && HttpUtil.isKeepAlive(turn.head));
  }

  /** Answers, and reads nothing more of what the client sends. */
  private void end(ChannelHandlerContext ctx, Refusal reason) {
    decoder.valve.shut();
    write(ctx, reason.response(service.rules().errors()), false);
  }

  private void write(ChannelHandlerContext ctx, HttpResponse response, boolean keepsAlive) {
    stage.enter(Phase.WRITING, Duration.ZERO);
    HttpRequest head = turn == null ? null : turn.head;
    if (turn != null) {
      turn.release();
    }
    try {
      writer.write(ctx, head, affordable(response), keepsAlive);
    } catch (ChatException e) {
      logger.error("{} has an unusable answer", turn, e);
      drop(response);
      writer.write(ctx, head, service.rules().errors().of(e), keepsAlive);
    }
    if (isLeaving) {
      writer.leave();
    }
    if (decoder.isInputEnded()) {
      inputEnded(ctx);
    }
  }

  /** Others may have left so much unread that there is no room for another large answer. */
  private HttpResponse affordable(HttpResponse response) {
    if (isTo(HttpMethod.HEAD)) {
      return response;
    }
    HttpResponse whole = WholeBody.opened(response);
    int size = whole.body().length;
    if (size <= SMALL || unread.set(size)) {
      return whole;
    }
    drop(response);
    Refusal why = isTo(HttpMethod.GET) ? Refusal.unread() : Refusal.unreadButDone();
    return why.response(service.rules().errors());
  }

  private boolean isTo(HttpMethod method) {
    return turn != null && turn.head.method().equals(method);
  }

  /** Who waits for what has no end is gone; who waits for an answer may still read it. */
  private void inputEnded(ChannelHandlerContext ctx) {
    if (stage.is(Phase.WRITING) && writer.isOpenEnded()) {
      ctx.close();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    writer.proceed();
  }

  private void written(ChannelHandlerContext ctx, boolean isWhole, boolean keepsAlive)
      throws Exception {
    unread.release();
    note();
    if (!isWhole || stage.is(Phase.ENDED)) {
      ctx.close();
    } else if (!keepsAlive || isLeaving) {
      stage.enter(Phase.ENDED, Duration.ZERO);
      Linger.start(ctx.channel());
    } else {
      stage.enter(Phase.IDLE, limits.idleTimeout());
      decoder.next(ctx.pipeline().context(decoder));
    }
  }

  private void note() {
    note(writer.status(), writer.sent());
  }

  private void note(int status, long bytes) {
    if (turn != null) {
      logger.debug("{} -> {}", turn, status);
      service.log().note(turn.answered(status, bytes), turn.client);
      turn = null;
    }
  }

  private void upgrade(ChannelHandlerContext ctx, WebSocketRoute route) {
    ctx.writeAndFlush(WebSocketUpgrade.accept(turn.head));
    note(HttpResponseStatus.SWITCHING_PROTOCOLS.code(), 0);
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
    if (stage.isIdle() || (stage.is(Phase.BODY) && event != Goodbye.GOODBYE)) {
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
      logger.error("{} made the server fail", turn, cause);
    }
    ctx.close();
  }

  /** The connection's fault, not the server's; epoll wraps it when it notices while reading on. */
  private static boolean isBroken(Throwable cause) {
    return cause instanceof IOException
        || cause instanceof UncheckedIOException
        || cause instanceof DecoderException;
  }
}
