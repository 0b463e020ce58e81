package chat.talk.http.internal;

import chat.talk.http.BodySource;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a source gives, each piece asked for when the channel has room. For the channel's
 * thread.
 */
final class StreamedBody {
  private static final Logger logger = LoggerFactory.getLogger(StreamedBody.class);

  /** So many pieces, then it is the other connections' turn. */
  private static final int PIECES_AT_ONCE = 8;

  private static final int PART = 64 * 1024;

  private final ChannelHandlerContext ctx;
  private final BodySource source;
  private final Duration patience;
  private final Consumer<Boolean> onEnd;
  private final boolean isOpenEnded;

  private long left;
  private long sent;
  private long unsent;
  private long lastMove;
  private boolean isPumping;
  private boolean isWaiting;
  private boolean isEnded;

  /**
   * A body.
   *
   * @param length of the body, negative when it isn't known
   * @param patience how long the client may leave unread what is there
   * @param onEnd is told when the body has gone out whole, or that it hasn't; not after {@link
   *     #cancel}
   */
  StreamedBody(
      ChannelHandlerContext ctx,
      BodySource source,
      long length,
      Duration patience,
      Consumer<Boolean> onEnd) {
    this.ctx = ctx;
    this.source = source;
    this.patience = patience;
    this.onEnd = onEnd;
    this.isOpenEnded = length < 0;
    this.left = length;
  }

  boolean isOpenEnded() {
    return isOpenEnded;
  }

  /** How many bytes the client's socket has taken. */
  long sent() {
    return sent;
  }

  /** Whether the client has left unread for too long what is there for it. */
  boolean isStuck() {
    return unsent > 0 && System.nanoTime() - lastMove >= patience.toNanos();
  }

  /** Sends on, if there is something and room for it. */
  void proceed() {
    if (isPumping) {
      return;
    }
    isPumping = true;
    for (int i = 0; i < PIECES_AT_ONCE && mayAsk(); i++) {
      ask();
    }
    ctx.flush();
    isPumping = false;
    if (mayAsk()) {
      ctx.executor().execute(this::proceed);
    }
  }

  private boolean mayAsk() {
    return !isEnded && !isWaiting && ctx.channel().isWritable();
  }

  private void ask() {
    CompletableFuture<@Nullable ByteBuffer> piece = next();
    boolean isDone = piece.isDone();
    isWaiting = !isDone;
    piece.whenComplete(
        (bytes, failure) -> {
          if (isDone) {
            take(bytes, failure);
          } else {
            hop(() -> takeLater(bytes, failure));
          }
        });
  }

  private CompletableFuture<@Nullable ByteBuffer> next() {
    try {
      return Objects.requireNonNull(source.next(), "next");
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void hop(Runnable task) {
    try {
      ctx.executor().execute(task);
    } catch (RejectedExecutionException e) {
      logger.trace("the client is gone with its server");
    }
  }

  private void takeLater(@Nullable ByteBuffer bytes, @Nullable Throwable failure) {
    isWaiting = false;
    take(bytes, failure);
    proceed();
  }

  private void take(@Nullable ByteBuffer bytes, @Nullable Throwable failure) {
    if (isEnded) {
      return;
    }
    if (failure != null) {
      fail("failed", failure);
    } else if (bytes == null) {
      end();
    } else if (!isOpenEnded && bytes.remaining() > left) {
      fail("gave more than it had announced", null);
    } else {
      write(bytes);
    }
  }

  private void write(ByteBuffer bytes) {
    int end = bytes.limit();
    left -= bytes.remaining();
    for (int from = bytes.position(); from < end; from += PART) {
      write(bytes, from, Math.min(PART, end - from));
    }
  }

  private void write(ByteBuffer bytes, int from, int size) {
    if (unsent == 0) {
      lastMove = System.nanoTime();
    }
    unsent += size;
    ctx.write(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes.slice(from, size))))
        .addListener(done -> moved(size, done));
  }

  private void moved(int size, Future<?> done) {
    unsent -= size;
    lastMove = System.nanoTime();
    if (done.isSuccess()) {
      sent += size;
    } else {
      ctx.close();
    }
  }

  private void end() {
    if (left > 0) {
      fail("gave less than it had announced", null);
      return;
    }
    cancel();
    ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
        .addListener(done -> onEnd.accept(done.isSuccess()));
  }

  private void fail(String what, @Nullable Throwable failure) {
    logger.warn("the source of a body {}", what, failure);
    cancel();
    onEnd.accept(false);
  }

  /** The server goes away: what has no end of its own ends now. */
  void leave() {
    if (isOpenEnded && !isEnded) {
      end();
    }
  }

  /** Asks for nothing more. */
  void cancel() {
    if (!isEnded) {
      isEnded = true;
      close(source);
    }
  }

  /** Closes a source, whatever it does. */
  static void close(@Nullable BodySource source) {
    try {
      if (source != null) {
        source.close();
      }
    } catch (RuntimeException | Error e) {
      logger.error("the source of a body failed to close", e);
    }
  }
}
