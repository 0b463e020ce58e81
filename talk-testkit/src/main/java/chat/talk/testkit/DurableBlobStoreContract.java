package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.Scheduler;
import chat.talk.room.Blob;
import chat.talk.room.BlobStore;
import chat.talk.room.BlobStore.Upload;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@link BlobStore} has to hold that outlives the one who opened it. */
public abstract class DurableBlobStoreContract extends BlobStoreContract {
  /** For subclasses. */
  protected DurableBlobStoreContract() {}

  /**
   * Opens once more what {@link #open} opened last, which has been closed since.
   *
   * @param quota how many bytes it holds at most from now on
   * @param clock tells how old blobs are
   * @return the store with all that was in it
   */
  protected abstract BlobStore openAgain(long quota, Scheduler clock);

  @Test
  void blobsOutliveTheStore() {
    List<Blob> blobs = IntStream.range(0, 50).mapToObj(i -> put(bytes(i, i * 100))).toList();
    long used = store.used();
    reopen(QUOTA);
    assertThat(store.used()).isEqualTo(used);
    for (int i = 0; i < blobs.size(); i++) {
      assertThat(store.find(blobs.get(i).digest())).contains(blobs.get(i));
      assertThat(read(blobs.get(i))).isEqualTo(bytes(i, i * 100));
    }
  }

  @Test
  void uploadsUnderWayDoNot() {
    Blob blob = put(bytes(1, 10));
    Upload upload = store.upload();
    upload.write(ByteBuffer.wrap(bytes(2, 1000)));
    reopen(QUOTA);
    assertThat(store.used()).isEqualTo(10);
    assertFails(Code.CLOSED, upload::finish);
    upload.close();
    assertThat(store.used()).isEqualTo(10);
    assertThat(read(blob)).isEqualTo(bytes(1, 10));
  }

  @Test
  void agesOutliveTheStore() {
    Blob old = put(bytes(3, 10));
    clock.advance(HOUR);
    Blob young = put(bytes(4, 10));
    reopen(QUOTA);
    assertThat(store.sweep(HOUR, digest -> false)).isEqualTo(10);
    assertThat(has(old)).isFalse();
    clock.advance(HOUR);
    assertThat(store.sweep(HOUR, digest -> false)).isEqualTo(10);
    assertThat(has(young)).isFalse();
  }

  @Test
  void smallerQuotaRefusesUploadsUntilEnoughWasSwept() {
    Blob blob = put(bytes(5, 1000));
    reopen(100);
    assertThat(store.used()).isEqualTo(1000);
    assertThat(read(blob)).isEqualTo(bytes(5, 1000));
    assertFails(Code.STORAGE, () -> put(new byte[10]));
    store.sweep(Duration.ZERO, digest -> false);
    assertThat(read(put(bytes(6, 100)))).isEqualTo(bytes(6, 100));
  }

  private void reopen(long quota) {
    store.close();
    store = opened(openAgain(quota, clock));
  }
}
