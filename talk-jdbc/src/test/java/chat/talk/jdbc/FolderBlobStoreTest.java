package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.Blob;
import chat.talk.room.BlobStore.Download;
import chat.talk.room.BlobStore.Upload;
import chat.talk.room.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderBlobStoreTest {
  private static final long QUOTA = 1 << 20;
  private static final int SIZE = 100_000;
  private static final byte[] CONTENT = new byte[SIZE];

  static {
    new Random(7).nextBytes(CONTENT);
  }

  @TempDir private Path parent;
  private Path folder;
  private FolderBlobStore store;

  @BeforeEach
  void open() {
    folder = parent.resolve("blobs");
    store = FolderBlobStore.open(folder, QUOTA);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen() {
    store.close();
    store = FolderBlobStore.open(folder, QUOTA);
  }

  @Test
  void fileIsNamedAfterItsBytes() throws IOException {
    Blob blob = put(CONTENT);
    String digest = blob.digest().value();
    assertThat(file(blob)).isEqualTo(folder.resolve(digest.substring(0, 2)).resolve(digest));
    assertThat(Files.readAllBytes(file(blob))).isEqualTo(CONTENT);
    assertThat(uploads()).isEmpty();
  }

  @Test
  void uploadsLeaveNoFileWhenTheyAreClosedOrRefused() throws IOException {
    try (Upload upload = store.upload()) {
      upload.write(ByteBuffer.wrap(CONTENT));
      assertThat(uploads()).hasSize(1);
    }
    assertThat(uploads()).isEmpty();
    Upload tooLarge = store.upload();
    assertFails(Code.TOO_LARGE, () -> tooLarge.write(ByteBuffer.allocate((int) QUOTA + 1)));
    assertThat(uploads()).isEmpty();
  }

  @Test
  void leftoversOfACrashAreDeletedAtOpening() throws IOException {
    Files.write(folder.resolve("uploads/left.part"), CONTENT);
    reopen();
    assertThat(uploads()).isEmpty();
    assertThat(store.used()).isZero();
  }

  @Test
  void foreignFilesAreLeftAlone() throws IOException {
    Blob blob = put(CONTENT);
    List<Path> foreign =
        List.of(
            folder.resolve("README"),
            folder.resolve("uploads/notes.txt"),
            file(blob).resolveSibling("notes.txt"),
            file(blob).resolveSibling(blob.digest().value().substring(0, 2) + "AA"),
            file(blob).resolveSibling(blob.digest() + ".bak"));
    for (Path file : foreign) {
      Files.writeString(file, "mine");
    }
    reopen();
    assertThat(store.used()).isEqualTo(SIZE);
    assertThat(store.sweep(Duration.ZERO, digest -> false)).isEqualTo(SIZE);
    assertThat(foreign).allMatch(Files::exists);
  }

  @Test
  void blobInTheWrongPlaceIsNoBlob() throws IOException {
    Blob blob = put(CONTENT);
    Path wrong = folder.resolve(blob.digest().value().startsWith("00") ? "11" : "00");
    Files.createDirectories(wrong);
    Files.move(file(blob), wrong.resolve(blob.digest().value()));
    reopen();
    assertThat(store.find(blob.digest())).isEmpty();
    assertThat(store.used()).isZero();
    assertThat(store.sweep(Duration.ZERO, digest -> false)).isZero();
  }

  @Test
  void folderBelongsToOneStoreAtATime() throws IOException {
    Files.write(folder.resolve("uploads/mine.part"), CONTENT);
    ChatException failure =
        assertFails(Code.STORAGE, () -> FolderBlobStore.open(folder, QUOTA).close());
    assertThat(failure).hasMessageContaining(folder.toString()).hasMessageContaining("in use");
    assertThat(uploads()).hasSize(1);
    Blob blob = put(CONTENT);
    reopen();
    assertThat(read(blob)).isEqualTo(CONTENT);
  }

  @Test
  void folderIsMadeWithAllAboveIt() {
    Path deep = parent.resolve("a/b/c");
    try (FolderBlobStore other = FolderBlobStore.open(deep, QUOTA)) {
      assertThat(other.used()).isZero();
    }
    assertThat(deep).isDirectory();
  }

  @Test
  void whatIsNoFolderIsRefused() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "mine");
    ChatException failure = assertFails(Code.STORAGE, () -> FolderBlobStore.open(file, QUOTA));
    assertThat(failure).hasMessageContaining(file.toString());
    assertThat(file).hasContent("mine");
    assertFails(Code.STORAGE, () -> FolderBlobStore.open(file.resolve("below"), QUOTA));
  }

  @Test
  void truncatedBlobIsRefused() throws IOException {
    Blob blob = put(CONTENT);
    truncate(blob);
    ChatException failure = assertFails(Code.STORAGE, () -> store.download(blob, 0));
    assertThat(failure).hasMessageContaining(file(blob).toString());
  }

  @Test
  void blobThatIsTruncatedWhileItIsReadFails() throws IOException {
    Blob blob = put(CONTENT);
    try (Download download = store.download(blob, 5)) {
      assertThat(download.read(ByteBuffer.allocate(10))).isEqualTo(10);
      truncate(blob);
      ByteBuffer into = ByteBuffer.allocate(2 * SIZE);
      ChatException failure = assertFails(Code.STORAGE, () -> readAll(download, into));
      assertThat(failure).hasMessageContaining(file(blob).toString());
      assertThat(into.position()).isEqualTo(SIZE / 2 - 15);
      assertFails(Code.CLOSED, () -> download.read(into));
    }
  }

  @Test
  void changedByteIsFoundBeforeTheLastBytesAreGiven() throws IOException {
    Blob blob = put(CONTENT);
    spoil(blob);
    try (Download download = store.download(blob, 0)) {
      ByteBuffer into = ByteBuffer.allocate(SIZE);
      ChatException failure = assertFails(Code.STORAGE, () -> readAll(download, into));
      assertThat(failure).hasMessageContaining(file(blob).toString());
      assertThat(into.hasRemaining()).isTrue();
      assertFails(Code.CLOSED, () -> download.read(into));
    }
  }

  @Test
  void uploadMendsADamagedBlob() throws IOException {
    Blob blob = put(CONTENT);
    spoil(blob);
    put(CONTENT);
    assertThat(read(blob)).isEqualTo(CONTENT);
    truncate(blob);
    reopen();
    assertThat(store.used()).isEqualTo(SIZE / 2);
    put(CONTENT);
    assertThat(read(blob)).isEqualTo(CONTENT);
    assertThat(store.used()).isEqualTo(SIZE);
  }

  @Test
  void linkIsNoBlob() throws IOException {
    Blob blob = put(CONTENT);
    Path secret = Files.move(file(blob), parent.resolve("secret"));
    Files.createSymbolicLink(file(blob), secret);
    assertThat(store.find(blob.digest())).isEmpty();
    assertFails(Code.NOT_FOUND, () -> store.download(blob, 0));
    reopen();
    assertThat(store.used()).isZero();
    assertThat(store.sweep(Duration.ZERO, digest -> false)).isZero();
    put(CONTENT);
    assertThat(file(blob)).isRegularFile().hasBinaryContent(CONTENT);
    assertThat(Files.isSymbolicLink(file(blob))).isFalse();
    assertThat(secret).hasBinaryContent(CONTENT);
  }

  @Test
  void folderWithLinksInPlaceOfItsFoldersIsRefused() throws IOException {
    Blob blob = put(CONTENT);
    store.close();
    for (Path part : List.of(file(blob).getParent(), folder.resolve("uploads"))) {
      Path elsewhere = Files.move(part, parent.resolve("elsewhere"));
      Files.createSymbolicLink(part, elsewhere);
      ChatException failure = assertFails(Code.STORAGE, () -> FolderBlobStore.open(folder, QUOTA));
      assertThat(failure).hasMessageContaining(part.toString());
      Files.delete(part);
      Files.move(elsewhere, part);
    }
    reopen();
    assertThat(read(blob)).isEqualTo(CONTENT);
  }

  @Test
  void folderMayBeALinkItself() throws IOException {
    Blob blob = put(CONTENT);
    store.close();
    Path link = Files.createSymbolicLink(parent.resolve("link"), folder);
    store = FolderBlobStore.open(link, QUOTA);
    assertThat(read(blob)).isEqualTo(CONTENT);
  }

  @Test
  void unknownBlobMakesNoFolder() throws IOException {
    assertThat(store.find(Digest.of("a".repeat(64)))).isEmpty();
    assertThat(folder.resolve("aa")).doesNotExist();
  }

  private Path file(Blob blob) {
    String digest = blob.digest().value();
    return folder.resolve(digest.substring(0, 2)).resolve(digest);
  }

  private List<Path> uploads() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("uploads"))) {
      return files.toList();
    }
  }

  private void truncate(Blob blob) throws IOException {
    try (FileChannel channel = FileChannel.open(file(blob), StandardOpenOption.WRITE)) {
      channel.truncate(SIZE / 2);
    }
  }

  private void spoil(Blob blob) throws IOException {
    try (FileChannel channel = FileChannel.open(file(blob), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) ~CONTENT[0]}), 0);
    }
  }

  private Blob put(byte[] content) {
    try (Upload upload = store.upload()) {
      upload.write(ByteBuffer.wrap(content));
      return upload.finish();
    }
  }

  private byte[] read(Blob blob) {
    ByteBuffer into = ByteBuffer.allocate((int) blob.size() + 1);
    try (Download download = store.download(blob, 0)) {
      readAll(download, into);
    }
    return Arrays.copyOf(into.array(), into.position());
  }

  private static void readAll(Download download, ByteBuffer into) {
    while (download.read(into) >= 0) {
      assertThat(into.hasRemaining()).isTrue();
    }
  }

  private static ChatException assertFails(Code code, ThrowingCallable call) {
    ChatException failure = Assertions.catchThrowableOfType(ChatException.class, call);
    assertThat(failure).isNotNull().extracting(ChatException::code).isEqualTo(code);
    return failure;
  }
}
