package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException.Code;
import chat.talk.room.Blob;
import chat.talk.room.BlobStore.Download;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link BlobStoreContract} about giving out. */
abstract class BlobDownloadContract extends BlobUploadContract {
  private static final int SIZE = 200_000;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, SIZE - 1, SIZE})
  void blobIsReadFromAnyOffset(int offset) {
    byte[] content = bytes(1, SIZE);
    assertThat(read(put(content), offset)).isEqualTo(Arrays.copyOfRange(content, offset, SIZE));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, SIZE + 1, Long.MAX_VALUE, Long.MIN_VALUE})
  void offsetOutsideIsInvalid(long offset) {
    Blob blob = put(bytes(2, SIZE));
    assertFails(Code.INVALID, () -> store.download(blob, offset));
  }

  @Test
  void emptyBlobHasOneOffset() {
    Blob blob = put(new byte[0]);
    assertThat(read(blob, 0)).isEmpty();
    assertFails(Code.INVALID, () -> store.download(blob, 1));
  }

  @Test
  void unknownBlobIsNotFound() {
    assertThat(store.find(UNKNOWN)).isEmpty();
    assertFails(Code.NOT_FOUND, () -> store.download(new Blob(UNKNOWN, 0), 0));
    assertFails(Code.NOT_FOUND, () -> store.download(new Blob(UNKNOWN, Long.MAX_VALUE), 7));
  }

  @Test
  void blobOfAnotherSizeIsRefused() {
    Blob blob = put(bytes(3, 100));
    assertFails(Code.STORAGE, () -> store.download(new Blob(blob.digest(), 99), 0));
    assertFails(Code.STORAGE, () -> store.download(new Blob(blob.digest(), 101), 0));
    assertFails(Code.STORAGE, () -> store.download(new Blob(blob.digest(), Long.MAX_VALUE), 0));
  }

  @Test
  void nullIsRefused() {
    assertThatThrownBy(() -> store.find(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> store.download(null, 0)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> store.sweep(null, it -> true))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> store.sweep(HOUR, null)).isInstanceOf(NullPointerException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 65_537, SIZE + 1})
  void bufferIsFilledAsFarAsThereAreBytes(int room) {
    byte[] content = bytes(4, 1 + SIZE / 50 * Math.min(room, 50));
    ByteBuffer all = ByteBuffer.allocate(content.length);
    try (Download download = store.download(put(content), 0)) {
      ByteBuffer into = ByteBuffer.allocateDirect(room);
      for (int count = download.read(into); count >= 0; count = download.read(into)) {
        assertThat(count).isPositive().isEqualTo(into.position());
        all.put(into.flip());
        into.clear();
      }
    }
    assertThat(all.array()).isEqualTo(content);
  }

  @Test
  void readingLeavesTheRestOfTheBufferAlone() {
    byte[] content = bytes(5, 10);
    ByteBuffer into = ByteBuffer.allocate(20).position(4).limit(14);
    try (Download download = store.download(put(content), 0)) {
      assertThat(download.read(into)).isEqualTo(10);
      assertThat(into.position()).isEqualTo(14);
    }
    assertThat(into.array()).startsWith(0, 0, 0, 0).endsWith(0, 0, 0, 0, 0, 0).contains(content);
  }

  @Test
  void endIsTheEndEachTime() {
    try (Download download = store.download(put(bytes(6, 5)), 0)) {
      assertThat(download.read(ByteBuffer.allocate(0))).isZero();
      assertThat(download.read(ByteBuffer.allocate(9))).isEqualTo(5);
      assertThat(download.read(ByteBuffer.allocate(9))).isEqualTo(-1);
      assertThat(download.read(ByteBuffer.allocate(0))).isEqualTo(-1);
      assertThat(download.isOpen()).isTrue();
    }
  }

  @Test
  void closedDownloadGivesNothing() {
    Download download = store.download(put(bytes(7, 5)), 0);
    download.close();
    download.close();
    assertThat(download.isOpen()).isFalse();
    assertFails(Code.CLOSED, () -> download.read(ByteBuffer.allocate(1)));
  }

  @Test
  void manyThreadsReadOneBlob() {
    byte[] content = bytes(8, SIZE);
    Blob blob = put(content);
    assertThat(atOnce(6, thread -> Arrays.equals(read(blob), content))).containsOnly(true);
  }
}
