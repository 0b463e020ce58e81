package chat.talk.room;

import chat.talk.ChatException.Code;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/**
 * The bytes of an attachment on their way from a hub. Whoever reads from the start to the end gets
 * what was uploaded or an error; whoever goes on where he was has to check the digest of the whole
 * himself.
 *
 * <p>The methods return at once and may be called by any thread, but one {@link #read()} at a time.
 * Futures complete on a thread of the hub's that must not be held up.
 */
public interface FileDownload extends AutoCloseable {
  /**
   * What is downloaded.
   *
   * @return the message's attachment
   */
  Attachment attachment();

  /**
   * Asks for the next piece. Nothing is fetched before that: a slow reader costs nothing.
   *
   * @return up to {@value FileUpload#PIECE} bytes, the reader's own; null at the end. Fails with
   *     {@link Code#STORAGE} when they can't be read or are not those that were uploaded, {@link
   *     Code#INVALID} when another call is under way, {@link Code#OVERLOADED}, {@link
   *     Code#UNREACHABLE} when the session has ended, {@link Code#CLOSED} after {@link #close()}
   */
  CompletableFuture<@Nullable ByteBuffer> read();

  /** Ends it. Twice does nothing. */
  @Override
  void close();
}
