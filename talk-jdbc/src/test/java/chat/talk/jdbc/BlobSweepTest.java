package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.room.Blob;
import chat.talk.room.BlobStore;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage.Change;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that stand in a database keep their blobs. */
final class BlobSweepTest {
  private final BlobStore blobs = BlobStore.inMemory(1000);
  @TempDir private Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("talk.db").toString());
  }

  @AfterEach
  void close() {
    database.close();
    blobs.close();
  }

  @Test
  void blobGoesWithTheLastFileThatRefersToIt() {
    Blob wanted = put("wanted");
    Blob unwanted = put("nobody's");
    commit(new Change.Put(file("one", wanted)), new Change.Put(file("two", wanted)));
    assertThat(sweep()).isEqualTo(unwanted.size());
    commit(new Change.Drop(file("one", wanted)));
    assertThat(sweep()).isZero();
    assertThat(blobs.find(wanted.digest())).contains(wanted);
    commit(new Change.Drop(file("two", wanted)));
    assertThat(sweep()).isEqualTo(wanted.size());
    assertThat(blobs.used()).isZero();
  }

  @Test
  void databaseThatCannotBeAskedKeepsAllBlobs() {
    Blob blob = put("text");
    database.close();
    assertThatThrownBy(this::sweep).isInstanceOf(ChatException.class);
    assertThat(blobs.find(blob.digest())).contains(blob);
  }

  private long sweep() {
    return database.sweep(blobs, Duration.ZERO);
  }

  private void commit(Change... changes) {
    database.storage().commit(List.of(changes));
  }

  private static Fact.File file(String chat, Blob blob) {
    MessageKey message =
        new MessageKey(
            UserName.of("alice"), MessageId.of(chat + "-" + blob.digest().value().substring(0, 8)));
    return new Fact.File(ChatId.of(chat), message, blob, Instant.EPOCH);
  }

  private Blob put(String content) {
    try (BlobStore.Upload upload = blobs.upload()) {
      upload.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
      return upload.finish();
    }
  }
}
