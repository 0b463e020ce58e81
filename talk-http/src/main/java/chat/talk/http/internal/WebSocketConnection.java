package chat.talk.http.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.talk.ChatException;
import chat.talk.http.WebSocketHandler;
import chat.talk.http.WebSocketSession;
import chat.talk.http.WebSocketText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket. What is neither volatile nor atomic belongs to the channel's thread.
 *
 * <p>Reading stops, in the middle of what has been received if need be, while the handler has too
 * many messages unfinished or the client leaves too much unread: so a session has a bounded cost.
 */
final class WebSocketConnection extends ChannelInboundHandlerAdapter implements WebSocketSession {
  private static final Logger logger = LoggerFactory.getLogger(WebSocketConnection.class);
  private static final int MAX_UNFINISHED = 256;
  private static final int ENOUGH_FINISHED = MAX_UNFINISHED / 2;
  private static final int MAX_REASON_BYTES = 123;
  private static final long CLOSING_SECONDS = 2;

  private final WebSocketHandler handler;
  private final FrameDecoder decoder;
  private final Liveness liveness;

  /** So many bytes of messages may be unfinished: the largest message is as large. */
  private final int maxUnfinishedBytes;

  private final AtomicInteger unfinished = new AtomicInteger();
  private final AtomicLong unfinishedBytes = new AtomicLong();

  /** Whether the handler wants to be asked for more. */
  private final AtomicBoolean isPulled = new AtomicBoolean();

  /** Made once, as it is run for each delivery. */
  private final Runnable pulling = this::pullIfWritable;

  private volatile boolean isStopped;
  private volatile boolean isLeaving;
  private ChannelHandlerContext ctx;
  private Outbox outbox;

  private WebSocketConnection(
      WebSocketHandler handler, FrameDecoder decoder, int maxMessage, Duration idleTimeout) {
    this.handler = handler;
    this.decoder = decoder;
    this.maxUnfinishedBytes = maxMessage;
    this.liveness = new Liveness(idleTimeout, this::progress);
  }

  /** Makes a connection that has been answered with 101 a WebSocket. */
  static void take(
      ChannelPipeline pipeline, WebSocketRoute route, Service service, boolean isLeaving) {
    FrameDecoder decoder = new FrameDecoder(route.maxMessage(), service.budget().new Share());
    WebSocketConnection connection =
        new WebSocketConnection(
            route.handlers().get(), decoder, route.maxMessage(), service.limits().idleTimeout());
    pipeline.replace(HttpResponseEncoder.class, null, new WebSocket13FrameEncoder(false));
    pipeline.addLast(connection);
    if (isLeaving) {
      connection.leave();
    }
    // Last, because frames that came right behind the handshake go through everything at once.
    pipeline.replace(RequestDecoder.class, null, decoder);
    pipeline.channel().config().setAutoRead(true);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
    outbox = new Outbox(added, this::awaitGoodbye);
    liveness.watch(added);
    guard(() -> handler.onOpen(this));
  }

  @Override
  public void channelInactive(ChannelHandlerContext unused) {
    endTalk();
    guard(() -> handler.onClose(this));
  }

  @Override
  public void send(String text) {
    outbox.send(text);
  }

  @Override
  public void send(WebSocketText message) {
    outbox.send(message);
  }

  @Override
  public void sendBinary(byte[] message) {
    outbox.send(message);
  }

  @Override
  public void pull() {
    if (isPulled.compareAndSet(false, true)) {
      execute(pulling);
    }
  }

  @Override
  public boolean isWritable() {
    return ctx.channel().isWritable();
  }

  /** Waits, when there is no room, for {@link #channelWritabilityChanged}. */
  private void pullIfWritable() {
    if (isWritable() && !outbox.isShut() && isPulled.compareAndSet(true, false)) {
      outbox.beginBatch();
      guard(() -> handler.onPull(this));
      outbox.endBatch();
    }
  }

  @Override
  public void close(int code, String reason) {
    boolean isValid = code >= 1000 && code <= 4999 && WebSocketCloseStatus.isValidStatusCode(code);
    if (!isValid) {
      throw new ChatException(ChatException.Code.INVALID, "not a code to close with: " + code);
    }
    outbox.sendGoodbye(code, shorten(reason));
  }

  private static String shorten(String reason) {
    String shorter = reason;
    while (ByteBufUtil.utf8Bytes(shorter) > MAX_REASON_BYTES) {
      int tooMuch = Math.max(1, (shorter.length() - MAX_REASON_BYTES) / 2);
      shorter = shorter.substring(0, shorter.length() - tooMuch);
    }
    return shorter;
  }

  @Override
  public void channelRead(ChannelHandlerContext unused, Object message) {
    liveness.noteSign();
    outbox.beginBatch();
    try {
      read((WebSocketFrame) message);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(WebSocketFrame frame) {
    if (frame instanceof CloseWebSocketFrame) {
      answerGoodbye(frame);
    } else if (outbox.isShut() || frame instanceof PongWebSocketFrame) {
      return;
    } else if (frame instanceof TextWebSocketFrame) {
      take(frame);
    } else if (frame instanceof PingWebSocketFrame) {
      outbox.write(new PongWebSocketFrame(frame.content().retain()));
    } else if (frame instanceof BinaryWebSocketFrame) {
      takeBinary(frame);
    }
  }

  private void takeBinary(WebSocketFrame frame) {
    byte[] message = ByteBufUtil.getBytes(frame.content());
    guard(
        () -> {
          try {
            follow(handler.onBinary(this, message), message.length);
          } catch (UnsupportedOperationException e) {
            fail(WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "only text is taken");
          }
        });
  }

  private void take(WebSocketFrame frame) {
    String text;
    try {
      text = StrictUtf8.decode(ByteBufUtil.getBytes(frame.content()));
    } catch (ChatException e) {
      fail(WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "the text is not UTF-8");
      return;
    }
    guard(() -> follow(handler.onText(this, text), text.length()));
  }

  private void follow(CompletableFuture<Void> result, int size) {
    if (result.isDone() && !result.isCompletedExceptionally()) {
      return;
    }
    unfinished.incrementAndGet();
    unfinishedBytes.addAndGet(size);
    result.whenComplete((nothing, failure) -> finished(size, failure));
    regulate();
  }

  private void finished(int size, @Nullable Throwable failure) {
    long before = unfinishedBytes.getAndAdd(-size);
    int left = unfinished.decrementAndGet();
    if (failure != null) {
      reportFault(failure);
    }
    boolean isRelieved = !hasFewBytes(before) && hasFewBytes(before - size);
    boolean mayGoOn = isRelieved || left == ENOUGH_FINISHED;
    if ((mayGoOn && isStopped) || (left == 0 && isLeaving)) {
      execute(this::regulate);
    }
  }

  /** Stops or goes on reading, as things stand. */
  private void regulate() {
    if (isLeaving && unfinished.get() == 0) {
      outbox.sendGoodbye(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code(), "the server stops");
    }
    if (mustStop()) {
      isStopped = true;
      decoder.valve.shut();
    }
    // Asked again, because another thread may have finished messages before it saw the stop.
    if (isStopped && mayGoOn()) {
      isStopped = false;
      openValve();
    }
  }

  private boolean mustStop() {
    boolean isTooMuch =
        unfinished.get() >= MAX_UNFINISHED || unfinishedBytes.get() >= maxUnfinishedBytes;
    return !outbox.isShut() && (isTooMuch || !ctx.channel().isWritable() || isLeaving);
  }

  private boolean mayGoOn() {
    boolean isRelieved = unfinished.get() <= ENOUGH_FINISHED && hasFewBytes(unfinishedBytes.get());
    return outbox.isShut() || (isRelieved && ctx.channel().isWritable() && !isLeaving);
  }

  private boolean hasFewBytes(long bytes) {
    return bytes <= maxUnfinishedBytes / 2;
  }

  private void openValve() {
    try {
      decoder.valve.open();
    } catch (Exception e) {
      exceptionCaught(ctx, e);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext unused) {
    outbox.endBatch();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext unused) {
    if (!ctx.channel().isWritable()) {
      outbox.flush();
    } else if (isPulled.get()) {
      execute(pulling);
    }
    regulate();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext unused, Object event) {
    if (event == Goodbye.GOODBYE) {
      leave();
    } else if (event == FrameDecoder.OVERLOADED) {
      fail(WebSocketCloseStatus.TRY_AGAIN_LATER, "too much is being received already");
    } else if (event instanceof ChannelInputShutdownEvent) {
      ctx.close();
    }
  }

  private void leave() {
    isLeaving = true;
    regulate();
  }

  /** What moves while nothing is read: if even that stands still, the session is dead. */
  private long progress() {
    return isStopped ? unfinished.get() * 31L + ctx.channel().bytesBeforeWritable() : 0;
  }

  private void answerGoodbye(WebSocketFrame frame) {
    if (outbox.isShut()) {
      ctx.close();
    } else if (!isUtf8(frame)) {
      fail(WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "the reason is not UTF-8");
    } else {
      endTalk();
      ctx.writeAndFlush(frame.retain()).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** The decoder lets pass what ends amid a character. */
  private static boolean isUtf8(WebSocketFrame goodbye) {
    ByteBuf content = goodbye.content();
    int code = Math.min(Short.BYTES, content.readableBytes());
    int from = content.readerIndex() + code;
    return ByteBufUtil.isText(content, from, content.readableBytes() - code, UTF_8);
  }

  private void endTalk() {
    outbox.end();
    liveness.end();
  }

  private void awaitGoodbye() {
    liveness.end();
    ctx.executor().schedule(() -> ctx.close(), CLOSING_SECONDS, TimeUnit.SECONDS);
    regulate();
  }

  /** Ends a session whose client breaks the rules, so that nothing it sends is of interest. */
  private void fail(WebSocketCloseStatus status, String reason) {
    if (outbox.isShut()) {
      ctx.close();
      return;
    }
    endTalk();
    logger.debug("a session ends with {}: {}", status.code(), reason);
    ctx.writeAndFlush(new CloseWebSocketFrame(status, shorten(reason)))
        .addListener(done -> Linger.start(ctx.channel()));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
    if (cause instanceof TooLongFrameException || isTooLarge(cause)) {
      fail(WebSocketCloseStatus.MESSAGE_TOO_BIG, "the message is too large");
    } else if (cause instanceof CorruptedWebSocketFrameException corrupted) {
      fail(corrupted.closeStatus(), "the frame is malformed");
    } else {
      logger.debug("a session broke", cause instanceof IOException ? null : cause);
      ctx.close();
    }
  }

  private static boolean isTooLarge(Throwable cause) {
    return cause instanceof CorruptedWebSocketFrameException corrupted
        && corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
  }

  private void guard(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      reportFault(e);
    }
  }

  private void reportFault(Throwable fault) {
    logger.error("a WebSocket handler failed", fault);
    close(WebSocketCloseStatus.INTERNAL_SERVER_ERROR.code(), "internal error");
  }

  private void execute(Runnable task) {
    try {
      ctx.executor().execute(task);
    } catch (RejectedExecutionException e) {
      logger.trace("the session is gone with its server");
    }
  }
}
