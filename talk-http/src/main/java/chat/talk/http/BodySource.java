package chat.talk.http;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/**
 * Where the body of a streamed answer comes from, piece by piece: a file, or events as they happen.
 * The server asks for a piece when the client's socket can take more, and for one at a time, so
 * that an answer of any length costs constant memory. Calls come on an I/O thread, so they must not
 * block.
 */
public interface BodySource {
  /** What {@link #length} says when the end isn't known. */
  long UNKNOWN_LENGTH = -1;

  /**
   * The next piece. Not called again before it is there, and not after the end, a failure or {@link
   * #close}.
   *
   * @return completes, by any thread and after any time, with bytes that nobody may change from now
   *     on, or with null at the end. A failure is logged, and cuts the connection, so that the
   *     client doesn't take a part for the whole
   */
  CompletableFuture<@Nullable ByteBuffer> next();

  /**
   * How long the body is; asked once. When it isn't known, and only then, the body may end at any
   * time: it is ended when the server closes, and given up as soon as the client ends its side of
   * the connection.
   *
   * @return in bytes, or {@link #UNKNOWN_LENGTH}. More or fewer bytes than announced are a failure
   */
  default long length() {
    return UNKNOWN_LENGTH;
  }

  /**
   * Nothing more is wanted: the body has ended, or failed, or the client is gone, also while a
   * piece is being waited for. The last call, which comes exactly once; by any thread when the
   * answer itself came too late.
   */
  void close();
}
