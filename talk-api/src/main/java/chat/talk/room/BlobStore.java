package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Scheduler;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where a hub keeps the bytes of files and of large texts: each content once, under its digest.
 * Bytes come and go in pieces, so that a blob of any size needs little memory.
 *
 * <p>A blob stays as long as something refers to it, a {@link Fact.File} does. Whoever makes a
 * reference has either just uploaded the blob, or knows of another reference that is there
 * meanwhile: a {@link #sweep} takes the rest.
 *
 * <p>All methods block, and may be called by many threads. An upload or a download is for one
 * thread at a time. After {@link #close()} everything, uploads and downloads too, fails with {@link
 * Code#CLOSED}.
 *
 * <p>{@code BlobStoreContract} in talk-testkit says in tests what is written here: a new
 * implementation extends it.
 */
public interface BlobStore extends AutoCloseable {
  /**
   * Begins to take in a blob.
   *
   * @return an upload, to be closed
   */
  Upload upload();

  /**
   * Looks for a blob.
   *
   * @param digest whose
   * @return the blob, empty when it isn't there
   */
  Optional<Blob> find(Digest digest);

  /**
   * Begins to give out a blob. A sweep meanwhile doesn't disturb it.
   *
   * @param blob which
   * @param offset how many bytes to skip, up to all of them
   * @return the bytes from there on, to be closed
   * @throws ChatException with {@link Code#NOT_FOUND} when it isn't there, {@link Code#INVALID}
   *     when the offset is negative or beyond its end, {@link Code#STORAGE} when it can't be read
   *     or has another size than it should
   */
  Download download(Blob blob, long offset);

  /**
   * How much room is taken.
   *
   * @return the bytes of all blobs, and of the uploads under way
   */
  long used();

  /**
   * Deletes the blobs that nothing refers to. Those that were uploaded lately stay, for the first
   * time or again: somebody may be about to refer to them. Uploads under way are not touched.
   *
   * @param minAge how long ago a blob must have been uploaded to go; longer than it takes to commit
   *     a reference after an upload, an hour, say
   * @param isReferenced whether something refers to a blob; what it throws ends the sweep, and
   *     comes out of here
   * @return how many bytes there is room for again
   * @throws ChatException with {@link Code#INVALID} when the age is negative, {@link Code#STORAGE}
   *     when a blob could not be deleted; those before it are gone
   */
  long sweep(Duration minAge, Predicate<Digest> isReferenced);

  /** Ends it, and the uploads under way. Twice does nothing. */
  @Override
  void close();

  /**
   * A store in this JVM's memory.
   *
   * @param quota how many bytes it holds at most
   * @return a new and empty one
   * @throws ChatException with {@link Code#INVALID} when the quota is less than 1
   */
  static BlobStore inMemory(long quota) {
    return inMemory(quota, Scheduler.system());
  }

  /**
   * A store in this JVM's memory, by a clock of its own.
   *
   * @param quota how many bytes it holds at most
   * @param clock tells how old blobs are
   * @return a new and empty one
   * @throws ChatException with {@link Code#INVALID} when the quota is less than 1
   */
  static BlobStore inMemory(long quota, Scheduler clock) {
    return new InMemoryBlobStore(quota, clock);
  }

  /**
   * Takes in a blob; {@link Channels#newOutputStream} makes a stream of it. Nobody sees any of it
   * before {@link #finish()}. When a method fails, the upload is over, and nothing is left of it.
   */
  interface Upload extends WritableByteChannel {
    /**
     * Takes all that remains in a buffer.
     *
     * @param bytes what comes next
     * @return how many there were
     * @throws ChatException with {@link Code#TOO_LARGE} when the blob alone exceeds the quota,
     *     {@link Code#STORAGE} when there is no room for it now or it can't be written, {@link
     *     Code#CLOSED} when the upload is over
     */
    @Override
    int write(ByteBuffer bytes);

    /**
     * Ends the upload. The blob is there for good when this returns. A blob of the same content is
     * replaced by it, and so counts as new.
     *
     * @return the blob
     * @throws ChatException with {@link Code#STORAGE} when it can't be stored, {@link Code#CLOSED}
     *     when the upload is over
     */
    Blob finish();

    /** Drops what was taken in, unless it was finished. */
    @Override
    void close();
  }

  /** Gives out a blob; {@link Channels#newInputStream} makes a stream of it. */
  interface Download extends ReadableByteChannel {
    /**
     * Gives the next bytes, as many as there are at hand.
     *
     * <p>Who reads a blob from its start to its end gets what was uploaded or an error: the bytes
     * are checked against the digest before the last of them are given.
     *
     * @param into where to put them
     * @return how many, 0 only when there is no room for any, -1 at the end
     * @throws ChatException with {@link Code#STORAGE} when they can't be read or are not those that
     *     were uploaded, {@link Code#CLOSED} after {@link #close()}
     */
    @Override
    int read(ByteBuffer into);

    /** Ends it. */
    @Override
    void close();
  }
}
