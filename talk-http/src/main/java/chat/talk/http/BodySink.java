package chat.talk.http;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * Takes in one body as it comes. Calls come one at a time, each when the one before has completed,
 * by an I/O thread or one that completed a call, so they must not block; {@link #finish} or {@link
 * #abort} is the last.
 */
public interface BodySink {
  /**
   * Takes a piece. Nothing more is read from the client before it is dealt with, so that an upload
   * costs constant memory; that is not held against the client, but a piece that takes longer than
   * the {@link HttpServer.Builder#handlerTimeout} makes the client get a 504.
   *
   * @param piece some bytes, not none; the sink's from now on
   * @return completes when more may come. A failure is answered like that of a handler, once what
   *     the client still sends has been read and dropped; it gets an {@link #abort}
   */
  CompletableFuture<Void> write(ByteBuffer piece);

  /**
   * The body has come whole.
   *
   * @return the answer, as {@link HttpHandler#handle} gives it
   */
  CompletableFuture<HttpResponse> finish();

  /**
   * The body will not come whole: it is longer than the route takes, a piece could not be written,
   * or the client went away or is too slow.
   */
  void abort();
}
