package chat.talk.room;

import chat.talk.ChatException.Code;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * Bytes on their way to a hub. They are there once {@link #finish()} says so, and can then be
 * {@linkplain Attachment attached} to messages of the same user for an hour; the hub remembers a
 * limited number of a user's uploads, and none when it starts again.
 *
 * <p>The methods return at once and may be called by any thread, but one call at a time: {@link
 * #close()} excepted, the next must wait for the future of the one before. Futures complete on a
 * thread of the hub's that must not be held up. After any failure the upload is over.
 */
public interface FileUpload extends AutoCloseable {
  /** How many bytes one piece should have: enough to be worth its way, few enough to be held. */
  int PIECE = 1 << 16;

  /**
   * Takes all that remains in a buffer, which must be left alone until the future completes.
   *
   * @param bytes what comes next
   * @return completes when there is room for more; fails with {@link Code#TOO_LARGE} as soon as
   *     there is more than the hub takes, {@link Code#REFUSED} when it takes none, {@link
   *     Code#STORAGE} when there is no room or the hub's disk fails, {@link Code#OVERLOADED},
   *     {@link Code#INVALID} when another call is under way, or a body is no UTF-8, {@link
   *     Code#UNREACHABLE} when the session has ended, {@link Code#CLOSED} when the upload is over
   */
  CompletableFuture<Void> write(ByteBuffer bytes);

  /**
   * Ends the upload.
   *
   * @return what it came to, once it is stored; fails as {@link #write} does
   */
  CompletableFuture<Blob> finish();

  /** Drops what was taken in, unless it was finished. Twice does nothing. */
  @Override
  void close();

  /** What is uploaded: the hub has a limit for each. */
  enum Kind {
    /** A file of any type. */
    FILE,
    /** A text in UTF-8 that is to be a message's {@linkplain Attachment#isBody() body}. */
    BODY
  }
}
