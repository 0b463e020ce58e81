package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Scheduler;
import chat.talk.internal.Failures;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Keeps blobs as lists of arrays. */
final class InMemoryBlobStore implements BlobStore {
  private static final int CHUNK = 1 << 16;

  private final long quota;
  private final Scheduler clock;

  /** Guarded by this, as are the two that follow. */
  private final Map<Digest, Stored> blobs = new HashMap<>();

  private long used;
  private volatile boolean closed;

  /** All chunks but the last are full. */
  private record Stored(List<byte[]> chunks, long size, Instant since) {}

  InMemoryBlobStore(long quota, Scheduler clock) {
    if (quota < 1) {
      throw Failures.invalid("a quota is at least 1 byte, but was %d", quota);
    }
    this.quota = quota;
    this.clock = clock;
  }

  @Override
  public Upload upload() {
    requireOpen();
    return new MemoryUpload();
  }

  @Override
  public synchronized Optional<Blob> find(Digest digest) {
    requireOpen();
    Objects.requireNonNull(digest, "digest");
    return Optional.ofNullable(blobs.get(digest)).map(stored -> new Blob(digest, stored.size));
  }

  @Override
  public synchronized Download download(Blob blob, long offset) {
    requireOpen();
    if (offset < 0 || offset > blob.size()) {
      throw Failures.invalid("there is no offset %d in %d bytes", offset, blob.size());
    }
    Stored stored = blobs.get(blob.digest());
    if (stored == null) {
      throw new ChatException(Code.NOT_FOUND, "there is no blob " + blob.digest());
    }
    if (stored.size != blob.size()) {
      throw new ChatException(
          Code.STORAGE,
          "blob %s has %d bytes, not %d".formatted(blob.digest(), stored.size, blob.size()));
    }
    return new MemoryDownload(stored, offset);
  }

  @Override
  public synchronized long used() {
    requireOpen();
    return used;
  }

  @Override
  public long sweep(Duration minAge, Predicate<Digest> isReferenced) {
    if (minAge.isNegative()) {
      throw Failures.invalid("an age is not negative, but was %s", minAge);
    }
    Instant now = clock.now();
    Predicate<Stored> isOld = stored -> Duration.between(stored.since, now).compareTo(minAge) >= 0;
    return digests(isOld).stream()
        .filter(isReferenced.negate())
        .mapToLong(digest -> delete(digest, isOld))
        .sum();
  }

  private synchronized List<Digest> digests(Predicate<Stored> condition) {
    requireOpen();
    return blobs.entrySet().stream()
        .filter(blob -> condition.test(blob.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private synchronized long delete(Digest digest, Predicate<Stored> condition) {
    requireOpen();
    Stored stored = blobs.get(digest);
    if (stored == null || !condition.test(stored)) {
      return 0;
    }
    blobs.remove(digest);
    used -= stored.size;
    return stored.size;
  }

  @Override
  public synchronized void close() {
    closed = true;
    blobs.clear();
  }

  private void requireOpen() {
    if (closed) {
      throw Failures.closed("the blob store");
    }
  }

  private synchronized void take(long bytes, long before) {
    requireOpen();
    if (before + bytes > quota) {
      throw new ChatException(Code.TOO_LARGE, "a blob has at most %d bytes here".formatted(quota));
    }
    if (used + bytes > quota) {
      throw new ChatException(
          Code.STORAGE, "the blob store is full: it holds %d bytes".formatted(quota));
    }
    used += bytes;
  }

  private synchronized void release(long bytes) {
    used -= bytes;
  }

  private synchronized void put(Blob blob, List<byte[]> chunks) {
    requireOpen();
    Stored stored = new Stored(List.copyOf(chunks), blob.size(), clock.now());
    Stored replaced = blobs.put(blob.digest(), stored);
    used -= replaced == null ? 0 : replaced.size;
  }

  private final class MemoryUpload implements Upload {
    private final Digest.Sum hash = new Digest.Sum();
    private final List<byte[]> chunks = new ArrayList<>();
    private long size;
    private boolean over;

    @Override
    public int write(ByteBuffer bytes) {
      int count = bytes.remaining();
      requireRunning();
      try {
        take(count, size);
      } catch (ChatException e) {
        close();
        throw e;
      }
      hash.add(bytes);
      while (bytes.hasRemaining()) {
        fillChunk(bytes);
      }
      return count;
    }

    private void fillChunk(ByteBuffer bytes) {
      int at = (int) (size % CHUNK);
      if (at == 0) {
        chunks.add(new byte[CHUNK]);
      }
      int count = Math.min(bytes.remaining(), CHUNK - at);
      bytes.get(chunks.get(chunks.size() - 1), at, count);
      size += count;
    }

    @Override
    public Blob finish() {
      requireRunning();
      int end = (int) (size % CHUNK);
      if (end > 0) {
        int last = chunks.size() - 1;
        chunks.set(last, Arrays.copyOf(chunks.get(last), end));
      }
      Blob blob = new Blob(hash.digest(), size);
      put(blob, chunks);
      over = true;
      return blob;
    }

    private void requireRunning() {
      requireOpen();
      if (over) {
        throw Failures.closed("the upload");
      }
    }

    @Override
    public boolean isOpen() {
      return !over && !closed;
    }

    @Override
    public void close() {
      if (!over) {
        over = true;
        chunks.clear();
        release(size);
      }
    }
  }

  private final class MemoryDownload implements Download {
    private final Stored stored;
    private long position;
    private boolean over;

    MemoryDownload(Stored stored, long offset) {
      this.stored = stored;
      this.position = offset;
    }

    @Override
    public int read(ByteBuffer into) {
      requireOpen();
      if (over) {
        throw Failures.closed("the download");
      }
      if (position == stored.size) {
        return -1;
      }
      byte[] chunk = stored.chunks.get((int) (position / CHUNK));
      int at = (int) (position % CHUNK);
      int count = Math.min(into.remaining(), chunk.length - at);
      into.put(chunk, at, count);
      position += count;
      return count;
    }

    @Override
    public boolean isOpen() {
      return !over && !closed;
    }

    @Override
    public void close() {
      over = true;
    }
  }
}
