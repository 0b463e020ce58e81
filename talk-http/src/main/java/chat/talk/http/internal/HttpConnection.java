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

  private final Service service;
  private final @Nullable InetAddress peer;
  private final boolean isTls;
  private final Limits limits;
  private final RequestDecoder decoder;
  private final AnswerWriter writer;

  private Phase phase = Phase.FRESH;
  private long deadline;
  private @Nullable Future<?> ticking;
  private boolean isLeaving;

  private @Nullable Turn turn;
  private long timeLeft;
  private int status;

  /** What the connection is doing, and so what it means when time is up. */
  private enum Phase {
    FRESH,
    IDLE,
    HEAD,
    BODY,
    PAUSED,
    HANDLING,
    WRITING,
    ENDED
  }

  HttpConnection(Service service, @Nullable InetAddress peer, boolean isTls) {
    this.service = service;
    this.peer = peer;
    this.isTls = isTls;
    this.limits = service.limits();
    this.decoder =
        new RequestDecoder(
            limits.maxHeader(), () -> enter(Phase.HEAD, limits.headerTimeout()), this::inputEnded);
    this.writer = new AnswerWriter(limits, service.rules().origins(), this::written);
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
    if (phase == Phase.WRITING) {
      note();
    }
    releaseLater(ctx);
    writer.cancel();
    phase = Phase.ENDED;
    if (ticking != null) {
      ticking.cancel(false);
    }
  }

  /** A handler that is at work holds the body even when the client is gone. */
  private void releaseLater(ChannelHandlerContext ctx) {
    Turn last = turn;
    turn = null;
    if (last != null && phase == Phase.HANDLING) {
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
    if (phase == Phase.WRITING) {
      writer.look(ctx);
    } else if (System.nanoTime() - deadline >= 0) {
      timeIsUp(ctx);
    }
  }

  private void timeIsUp(ChannelHandlerContext ctx) {
    switch (phase) {
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
      if (message instanceof HttpRequest request && phase != Phase.ENDED) {
        begin(ctx, request);
      }
      if (message instanceof HttpContent content && isReading()) {
        proceed(ctx, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private boolean isReading() {
    return phase == Phase.BODY || phase == Phase.PAUSED;
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    enter(Phase.BODY, limits.headerTimeout());
    turn = new Turn(request, service.rules().proxies().clientOf(peer, isTls, request.headers()));
    try {
      requireRoom(ctx, turn.client);
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

  /** What a proxy connects counts for the client whose request comes over it. */
  private void requireRoom(ChannelHandlerContext ctx, Client client) {
    if (service.rules().proxies().trusts(peer)
        && !service.connections().move(ctx.channel(), client.address())) {
      throw Refusal.of(
          new ChatException(ChatException.Code.LIMITED, "too many connections from one address"));
    }
  }

  private static FullHttpResponse goOn() {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
  }

  private void proceed(ChannelHandlerContext ctx, HttpContent content) {
    allowFor(content.content().readableBytes());
    if (content.decoderResult().isFailure()) {
      end(ctx, Refusal.ending(400, "INVALID", "the body is malformed"));
      return;
    }
    CompletableFuture<Void> taken = turn.add(content);
    if (turn.isTooMuch()) {
      end(ctx, turn.refusal());
    } else if (phase == Phase.BODY) {
      goOnAfter(ctx, taken);
    }
  }

  /** What comes earns time, but nobody can save up hours of it. */
  private void allowFor(int bytes) {
    long most = limits.headerTimeout().plus(limits.idleTimeout()).toNanos();
    long left = deadline - System.nanoTime();
    deadline += Math.min(Limits.nanosFor(bytes), Math.max(0, most - left));
  }

  private void goOnAfter(ChannelHandlerContext ctx, CompletableFuture<Void> taken) {
    Turn current = turn;
    if (!taken.isDone()) {
      pause();
      taken.whenComplete((done, failure) -> hop(ctx, null, () -> resume(ctx, current, taken)));
      return;
    }
    if (taken.isCompletedExceptionally()) {
      current.refuse(Handling.refusal(current, taken));
    }
    if (current.isComplete()) {
      complete(ctx);
    }
  }

  /** Reads on only when what was read is dealt with; that time is not the client's. */
  private void pause() {
    decoder.valve.shut();
    timeLeft = deadline - System.nanoTime();
    enter(Phase.PAUSED, limits.handlerTimeout());
  }

  private void resume(ChannelHandlerContext ctx, Turn current, CompletableFuture<Void> taken) {
    if (phase != Phase.PAUSED || turn != current) {
      return;
    }
    enter(Phase.BODY, Duration.ofNanos(timeLeft));
    goOnAfter(ctx, taken);
    if (phase == Phase.BODY) {
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
    enter(Phase.HANDLING, limits.handlerTimeout());
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
    if (phase == Phase.HANDLING && turn == current) {
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
    phase = Phase.WRITING;
    HttpRequest head = turn == null ? null : turn.head;
    if (turn != null) {
      turn.release();
    }
    try {
      status = response.status();
      writer.write(ctx, head, response, keepsAlive);
    } catch (ChatException e) {
      logger.error("{} has an unusable answer", turn, e);
      drop(response);
      HttpResponse instead = service.rules().errors().of(e);
      status = instead.status();
      writer.write(ctx, head, instead, keepsAlive);
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
    note();
    if (!isWhole || phase == Phase.ENDED) {
      ctx.close();
    } else if (!keepsAlive || isLeaving) {
      phase = Phase.ENDED;
      Linger.start(ctx.channel());
    } else {
      enter(Phase.IDLE, limits.idleTimeout());
      decoder.next(ctx.pipeline().context(decoder));
    }
  }

  private void note() {
    if (turn != null) {
      logger.debug("{} -> {}", turn, status);
      service.log().note(turn.answered(status, writer.sent()), turn.client);
      turn = null;
    }
  }

  private void upgrade(ChannelHandlerContext ctx, WebSocketRoute route) {
    ctx.writeAndFlush(WebSocketUpgrade.accept(turn.head));
    status = HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    note();
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
