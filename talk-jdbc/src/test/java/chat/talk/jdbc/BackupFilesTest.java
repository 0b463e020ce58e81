package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.room.Blob;
import chat.talk.room.BlobStore;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage.Change;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of files are part of a backup when it is said where they are. */
final class BackupFilesTest {
  private static final ChatId CHAT = ChatId.of("chat");
  private static final UserName ALICE = UserName.of("alice");
  private static final int[] SIZES = {0, 1, 1 << 20, (1 << 20) + 1, 3_000_000};

  @TempDir private Path folder;
  private final List<Blob> blobs = new ArrayList<>();

  @Test
  void filesAreSavedAndRestoredWhileTheStoreIsOpen() throws IOException {
    try (BlobStore store = FolderBlobStore.open(path("blobs"), Long.MAX_VALUE)) {
      putAll(store);
      assertThat(save().files()).isEqualTo(SIZES.length);
    }
    Backup.at(path("backup.db")).withFiles(path("restored")).restore(database("restored.db"));
    try (BlobStore store = FolderBlobStore.open(path("restored"), Long.MAX_VALUE);
        BlobStore original = FolderBlobStore.open(path("blobs"), Long.MAX_VALUE)) {
      for (Blob blob : blobs) {
        assertThat(read(store, blob)).isEqualTo(read(original, blob));
      }
      assertThat(store.used()).isEqualTo(original.used());
    }
  }

  @Test
  void whatWasLeftOutIsCounted() throws IOException {
    try (BlobStore store = FolderBlobStore.open(path("blobs"), Long.MAX_VALUE)) {
      putAll(store);
    }
    try (Database database = database("talk.db").open()) {
      Backup.Contents contents = Backup.at(path("backup.db")).save(database);
      assertThat(contents.files()).isZero();
      assertThat(contents.missing()).isEqualTo(SIZES.length);
    }
    Backup.at(path("backup.db")).restore(database("restored.db"));
  }

  @Test
  void filesAreNotDroppedBecauseNobodySaysWhereTheyGo() throws IOException {
    try (BlobStore store = FolderBlobStore.open(path("blobs"), Long.MAX_VALUE)) {
      putAll(store);
    }
    save();
    BackupContract.assertFails(
        Code.INVALID, () -> Backup.at(path("backup.db")).restore(database("restored.db")));
    assertThat(path("restored.db")).doesNotExist();
  }

  @Test
  void aFileThatIsMissingOrDamagedIsNamed() throws IOException {
    try (BlobStore store = FolderBlobStore.open(path("blobs"), Long.MAX_VALUE)) {
      putAll(store);
    }
    Path file = BlobFolder.file(path("blobs"), blobs.get(3).digest());
    byte[] bytes = Files.readAllBytes(file);
    bytes[7]++;
    Files.write(file, bytes);
    assertThatThrownBy(this::save)
        .isInstanceOf(ChatException.class)
        .hasMessageContaining(file + ": it is damaged");
    Files.delete(file);
    assertThatThrownBy(this::save)
        .isInstanceOf(ChatException.class)
        .hasMessageContaining(file + ": a file that is referred to is missing");
    assertThat(path("backup.db")).doesNotExist();
  }

  @Test
  void aStoreInUseIsNotRestoredInto() throws IOException {
    try (BlobStore store = FolderBlobStore.open(path("blobs"), Long.MAX_VALUE)) {
      putAll(store);
      save();
      Backup backup = Backup.at(path("backup.db")).withFiles(path("blobs"));
      BackupContract.assertFails(Code.STORAGE, () -> backup.restore(database("restored.db")));
    }
    assertThat(path("restored.db")).doesNotExist();
  }

  private Backup.Contents save() {
    try (Database database = database("talk.db").open()) {
      return Backup.at(path("backup.db")).withFiles(path("blobs")).save(database);
    }
  }

  private void putAll(BlobStore store) {
    Random random = new Random(1);
    try (Database database = database("talk.db").open()) {
      for (int size : SIZES) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        Blob blob = put(store, bytes);
        blobs.add(blob);
        database.storage().commit(List.of(new Change.Put(file(blob))));
      }
    }
  }

  private static Blob put(BlobStore store, byte[] bytes) {
    try (BlobStore.Upload upload = store.upload()) {
      upload.write(ByteBuffer.wrap(bytes));
      return upload.finish();
    }
  }

  private static Fact.File file(Blob blob) {
    MessageId id = MessageId.of(blob.digest().value());
    return new Fact.File(CHAT, new MessageKey(ALICE, id), blob, Instant.EPOCH);
  }

  private static byte[] read(BlobStore store, Blob blob) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = Channels.newInputStream(store.download(blob, 0))) {
      in.transferTo(bytes);
    }
    return bytes.toByteArray();
  }

  private DatabaseBuilder database(String name) {
    return Database.builder(path(name).toString());
  }

  private Path path(String name) {
    return folder.resolve(name);
  }
}
