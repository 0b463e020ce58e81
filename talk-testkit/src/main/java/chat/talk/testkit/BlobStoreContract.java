package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException.Code;
import chat.talk.Scheduler;
import chat.talk.room.Blob;
import chat.talk.room.BlobStore;
import chat.talk.room.BlobStore.Download;
import chat.talk.room.BlobStore.Upload;
import chat.talk.room.Digest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link BlobStore} has to hold: whole blobs or none, any offset, a quota, sweeps that
 * take what is old and not referred to and nothing else, many threads, an end.
 *
 * <p>One that outlives its process extends {@link DurableBlobStoreContract} instead.
 */
public abstract class BlobStoreContract extends BlobDownloadContract {
  /** For subclasses. */
  protected BlobStoreContract() {}

  /**
   * Makes the store under test.
   *
   * @param quota how many bytes it holds at most
   * @param clock tells how old blobs are
   * @return a new and empty one at each call; the contract closes it
   */
  @Override
  protected abstract BlobStore open(long quota, Scheduler clock);

  /** Releases what the stores needed, once they are closed; does nothing unless overridden. */
  @Override
  protected void close() {}

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void quotaIsAtLeastOneByte(long quota) {
    assertFails(Code.INVALID, () -> opened(open(quota, clock)));
  }

  @Test
  void sweepTakesWhatNothingRefersTo() {
    Blob wanted = put(bytes(1, 1000));
    Blob unwanted = put(bytes(2, 2000));
    Blob empty = put(new byte[0]);
    clock.advance(HOUR);
    assertThat(store.sweep(HOUR, wanted.digest()::equals)).isEqualTo(2000);
    assertThat(read(wanted)).isEqualTo(bytes(1, 1000));
    assertThat(has(unwanted)).isFalse();
    assertThat(has(empty)).isFalse();
    assertThat(store.used()).isEqualTo(1000);
    assertThat(store.sweep(HOUR, wanted.digest()::equals)).isZero();
  }

  @Test
  void sweepAsksOnlyAboutWhatIsOldEnough() {
    Blob old = put(bytes(3, 10));
    clock.advance(Duration.ofMillis(1));
    Blob young = put(bytes(4, 10));
    clock.advance(HOUR.minusMillis(1));
    List<Digest> asked = new ArrayList<>();
    assertThat(store.sweep(HOUR, digest -> !asked.add(digest))).isEqualTo(10);
    assertThat(asked).containsExactly(old.digest());
    assertThat(has(young)).isTrue();
    assertThat(store.sweep(Duration.ofSeconds(Long.MAX_VALUE), digest -> false)).isZero();
  }

  @Test
  void blobThatWasUploadedAgainIsYoung() {
    Blob blob = put(bytes(5, 10));
    clock.advance(HOUR);
    put(bytes(5, 10));
    assertThat(store.sweep(HOUR, digest -> false)).isZero();
    assertThat(read(blob)).isEqualTo(bytes(5, 10));
  }

  @Test
  void blobThatIsUploadedAgainWhileTheSweepAsksStays() {
    Blob blob = put(bytes(6, 10));
    clock.advance(HOUR);
    assertThat(store.sweep(HOUR, digest -> !put(bytes(6, 10)).equals(blob))).isZero();
    assertThat(read(blob)).isEqualTo(bytes(6, 10));
    assertThat(store.used()).isEqualTo(10);
  }

  @Test
  void sweepLeavesUploadsUnderWayAlone() {
    try (Upload upload = store.upload()) {
      upload.write(ByteBuffer.wrap(bytes(7, 10)));
      clock.advance(HOUR);
      assertThat(store.sweep(Duration.ZERO, digest -> false)).isZero();
      Blob blob = upload.finish();
      assertThat(store.sweep(HOUR, digest -> false)).isZero();
      assertThat(read(blob)).isEqualTo(bytes(7, 10));
    }
  }

  @Test
  void sweepDoesNotDisturbADownload() {
    byte[] content = bytes(8, 200_000);
    ByteBuffer into = ByteBuffer.allocate(content.length);
    try (Download download = store.download(put(content), 0)) {
      download.read(into.limit(1000));
      assertThat(store.sweep(Duration.ZERO, digest -> false)).isEqualTo(content.length);
      into.limit(content.length);
      while (into.hasRemaining()) {
        assertThat(download.read(into)).isPositive();
      }
    }
    assertThat(into.array()).isEqualTo(content);
  }

  @Test
  void sweepEndsWhenItCannotAsk() {
    Blob blob = put(bytes(9, 10));
    IllegalStateException failure = new IllegalStateException("the database is away");
    assertThatThrownBy(
            () ->
                store.sweep(
                    Duration.ZERO,
                    digest -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(has(blob)).isTrue();
    assertThat(store.used()).isEqualTo(10);
  }

  @Test
  void negativeAgeIsInvalid() {
    Blob blob = put(bytes(10, 10));
    assertFails(Code.INVALID, () -> store.sweep(Duration.ofNanos(-1), digest -> false));
    assertThat(has(blob)).isTrue();
  }

  @Test
  void whatWasJustUploadedSurvivesManySweeps() {
    IntStream.range(0, 20).forEach(seed -> put(bytes(seed, 100)));
    clock.advance(HOUR);
    AtomicBoolean ended = new AtomicBoolean();
    CompletableFuture<Void> sweeping =
        Background.run(
            () -> {
              while (!ended.get()) {
                store.sweep(HOUR, digest -> false);
              }
            });
    atOnce(3, thread -> putAndReadAll());
    ended.set(true);
    Await.result(sweeping);
    assertThat(store.used()).isEqualTo(2000);
  }

  private long putAndReadAll() {
    for (int seed = 0; seed < 20; seed++) {
      assertThat(read(put(bytes(seed, 100)))).isEqualTo(bytes(seed, 100));
    }
    return store.used();
  }

  @Test
  void nothingWorksOnceItIsClosed() {
    Blob blob = put(bytes(11, 10));
    Upload upload = store.upload();
    upload.write(ByteBuffer.allocate(10));
    Download download = store.download(blob, 0);
    store.close();
    store.close();
    assertFails(Code.CLOSED, () -> upload.write(ByteBuffer.allocate(1)));
    assertFails(Code.CLOSED, upload::finish);
    assertFails(Code.CLOSED, () -> download.read(ByteBuffer.allocate(1)));
    assertFails(Code.CLOSED, store::upload);
    assertFails(Code.CLOSED, () -> store.find(blob.digest()));
    assertFails(Code.CLOSED, () -> store.download(blob, 0));
    assertFails(Code.CLOSED, store::used);
    assertFails(Code.CLOSED, () -> store.sweep(HOUR, digest -> false));
    assertThat(upload.isOpen() || download.isOpen()).isFalse();
    upload.close();
    download.close();
  }
}
