package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Scheduler;
import chat.talk.room.Blob;
import chat.talk.room.BlobStore;
import chat.talk.room.BlobStore.Download;
import chat.talk.room.BlobStore.Upload;
import chat.talk.room.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What the tests of {@link BlobStoreContract} are written with. */
@Timeout(60)
abstract class BlobStoreFixture {
  static final int QUOTA = 1 << 20;
  static final Duration HOUR = Duration.ofHours(1);
  static final Digest UNKNOWN = Digest.of("0".repeat(64));

  final SettableClock clock = new SettableClock();
  BlobStore store;
  private final List<BlobStore> opened = new ArrayList<>();

  protected abstract BlobStore open(long quota, Scheduler clock);

  protected abstract void close();

  @BeforeEach
  void prepare() {
    store = opened(open(QUOTA, clock));
  }

  @AfterEach
  void closeAll() {
    opened.forEach(BlobStore::close);
    close();
  }

  BlobStore opened(BlobStore store) {
    opened.add(store);
    return store;
  }

  /** So many bytes, the same for the same seed. */
  static byte[] bytes(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  Blob put(byte[] content) {
    try (Upload upload = store.upload()) {
      upload.write(ByteBuffer.wrap(content));
      return upload.finish();
    }
  }

  byte[] read(Blob blob) {
    return read(blob, 0);
  }

  byte[] read(Blob blob, long offset) {
    try (Download download = store.download(blob, offset);
        InputStream in = Channels.newInputStream(download)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean has(Blob blob) {
    return store.find(blob.digest()).isPresent();
  }

  static void assertFails(Code code, ThrowingCallable call) {
    assertThat(Assertions.catchThrowableOfType(ChatException.class, call))
        .as("should fail with %s", code)
        .isNotNull()
        .extracting(ChatException::code)
        .isEqualTo(code);
  }

  static <T> List<T> atOnce(int threads, IntFunction<T> task) {
    List<CompletableFuture<T>> running =
        IntStream.range(0, threads).mapToObj(i -> Background.supply(() -> task.apply(i))).toList();
    return running.stream().map(Await::result).toList();
  }
}
