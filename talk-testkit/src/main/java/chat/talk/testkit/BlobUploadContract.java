package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.Blob;
import chat.talk.room.BlobStore.Upload;
import chat.talk.room.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link BlobStoreContract} about taking in. */
abstract class BlobUploadContract extends BlobStoreFixture {
  private static final int THREADS = 6;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7777, 65_535, 65_536, 65_537, 131_072, 300_000})
  void blobIsReadAsItWasWritten(int size) {
    byte[] content = bytes(size, size);
    Blob blob;
    try (Upload upload = store.upload()) {
      for (int at = 0; at < size; at += 7777) {
        upload.write(ByteBuffer.wrap(content, at, Math.min(7777, size - at)));
      }
      blob = upload.finish();
    }
    assertThat(blob.size()).isEqualTo(size);
    assertThat(read(blob)).isEqualTo(content);
    assertThat(store.find(blob.digest())).contains(blob);
    assertThat(store.used()).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource({
    "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
  })
  void digestIsTheSha256(String text, String digest) {
    assertThat(put(text.getBytes(StandardCharsets.US_ASCII)).digest()).isEqualTo(Digest.of(digest));
  }

  @Test
  void everyKindOfBufferIsTaken() {
    byte[] content = bytes(1, 400_000);
    ByteBuffer direct = ByteBuffer.allocateDirect(content.length).put(content).position(100_000);
    direct.limit(200_000);
    ByteBuffer readOnly = ByteBuffer.wrap(content, 200_000, 200_000).slice().asReadOnlyBuffer();
    try (Upload upload = store.upload()) {
      assertThat(upload.write(ByteBuffer.wrap(content, 0, 100_000))).isEqualTo(100_000);
      assertThat(upload.write(direct)).isEqualTo(100_000);
      assertThat(upload.write(ByteBuffer.allocate(0))).isZero();
      assertThat(upload.write(readOnly)).isEqualTo(200_000);
      assertThat(direct.position()).isEqualTo(200_000);
      assertThat(readOnly.hasRemaining()).isFalse();
      assertThat(read(upload.finish())).isEqualTo(content);
    }
  }

  @Test
  void uploadIsAStreamToo() throws IOException {
    byte[] content = bytes(2, 200_000);
    try (Upload upload = store.upload();
        OutputStream out = Channels.newOutputStream(upload)) {
      out.write(content, 0, 150_000);
      out.write(content, 150_000, 49_999);
      out.write(content[199_999]);
      assertThat(read(upload.finish())).isEqualTo(content);
    }
  }

  @Test
  void unfinishedUploadIsSeenByNobody() {
    byte[] content = bytes(3, 100_000);
    Blob blob = put(content);
    store.sweep(Duration.ZERO, digest -> false);
    try (Upload upload = store.upload()) {
      upload.write(ByteBuffer.wrap(content));
      assertThat(store.find(blob.digest())).isEmpty();
      assertFails(Code.NOT_FOUND, () -> store.download(blob, 0));
      upload.finish();
      assertThat(read(blob)).isEqualTo(content);
    }
  }

  @Test
  void closedUploadLeavesNothing() {
    Upload upload = store.upload();
    upload.write(ByteBuffer.wrap(bytes(4, 100_000)));
    assertThat(store.used()).isEqualTo(100_000);
    assertThat(upload.isOpen()).isTrue();
    upload.close();
    upload.close();
    assertThat(upload.isOpen()).isFalse();
    assertThat(store.used()).isZero();
    assertFails(Code.CLOSED, () -> upload.write(ByteBuffer.allocate(1)));
    assertFails(Code.CLOSED, upload::finish);
    assertThat(store.used()).isZero();
  }

  @Test
  void finishedUploadIsOver() {
    byte[] content = bytes(5, 100);
    Upload upload = store.upload();
    upload.write(ByteBuffer.wrap(content));
    Blob blob = upload.finish();
    assertThat(upload.isOpen()).isFalse();
    assertFails(Code.CLOSED, () -> upload.write(ByteBuffer.allocate(1)));
    assertFails(Code.CLOSED, upload::finish);
    upload.close();
    assertThat(read(blob)).isEqualTo(content);
    assertThat(store.used()).isEqualTo(100);
  }

  @Test
  void sameContentIsKeptOnce() {
    byte[] content = bytes(6, 1000);
    Blob blob = put(content);
    assertThat(put(content)).isEqualTo(blob);
    assertThat(store.used()).isEqualTo(1000);
    assertThat(read(blob)).isEqualTo(content);
  }

  @Test
  void sameContentFromManyThreadsIsKeptOnce() {
    byte[] content = bytes(7, 50_000);
    List<Blob> blobs = atOnce(THREADS, thread -> put(content));
    assertThat(blobs).containsOnly(blobs.get(0));
    assertThat(read(blobs.get(0))).isEqualTo(content);
    assertThat(store.used()).isEqualTo(50_000);
  }

  @Test
  void uploadsOfManyThreadsAreKeptApart() {
    List<List<Blob>> blobs =
        atOnce(
            THREADS,
            thread ->
                List.of(
                    put(bytes(thread, 10_000)),
                    put(bytes(100 + thread, 70_000)),
                    put(new byte[0])));
    for (int thread = 0; thread < THREADS; thread++) {
      assertThat(read(blobs.get(thread).get(0))).isEqualTo(bytes(thread, 10_000));
      assertThat(read(blobs.get(thread).get(1))).isEqualTo(bytes(100 + thread, 70_000));
    }
    assertThat(store.used()).isEqualTo(THREADS * 80_000);
  }

  @Test
  void blobMayFillTheQuota() {
    assertThat(read(put(bytes(8, QUOTA)))).isEqualTo(bytes(8, QUOTA));
    assertThat(store.used()).isEqualTo(QUOTA);
    assertThat(put(new byte[0]).size()).isZero();
  }

  @Test
  void blobBeyondTheQuotaIsTooLargeAndLeavesNothing() {
    try (Upload upload = store.upload()) {
      upload.write(ByteBuffer.allocate(QUOTA));
      assertFails(Code.TOO_LARGE, () -> upload.write(ByteBuffer.allocate(1)));
      assertThat(store.used()).isZero();
      assertFails(Code.CLOSED, upload::finish);
    }
    assertThat(store.used()).isZero();
  }

  @Test
  void fullStoreRefusesUntilThereIsRoom() {
    Blob blob = put(bytes(9, QUOTA - 10));
    assertFails(Code.STORAGE, () -> put(new byte[11]));
    assertThat(store.used()).isEqualTo(QUOTA - 10);
    assertThat(read(blob)).isEqualTo(bytes(9, QUOTA - 10));
    Blob little = put(bytes(10, 10));
    assertThat(store.sweep(Duration.ZERO, little.digest()::equals)).isEqualTo(QUOTA - 10);
    assertThat(read(put(bytes(11, 11)))).isEqualTo(bytes(11, 11));
  }

  @Test
  void uploadsUnderWayTakeRoom() {
    Upload upload = store.upload();
    upload.write(ByteBuffer.allocate(QUOTA - 10));
    assertFails(Code.STORAGE, () -> put(new byte[11]));
    upload.close();
    assertThat(put(new byte[11]).size()).isEqualTo(11);
  }

  @Test
  void manyUploadsTogetherStayWithinTheQuota() {
    int size = QUOTA / 3;
    List<Boolean> fitted = atOnce(THREADS, thread -> fits(bytes(thread, size)));
    assertThat(fitted).filteredOn(it -> it).hasSize(3);
    assertThat(store.used()).isEqualTo(3L * size);
  }

  private boolean fits(byte[] content) {
    try {
      return read(put(content)).length == content.length;
    } catch (ChatException e) {
      assertThat(e.code()).isEqualTo(Code.STORAGE);
      return false;
    }
  }
}
