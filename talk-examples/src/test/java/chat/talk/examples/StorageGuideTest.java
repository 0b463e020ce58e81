package chat.talk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.hub.HubEngine;
import chat.talk.jdbc.Database;
import chat.talk.jdbc.FolderBlobStore;
import chat.talk.room.Blob;
import chat.talk.room.BlobStore;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/storage.md shows is here, word for word; what needs no server runs. */
class StorageGuideTest {
  private static final Path SOURCE =
      Path.of("src/test/java/chat/talk/examples/StorageGuideTest.java");

  private static final List<Path> MADE =
      Stream.of("talk.db", "talk.db-wal", "talk.db-shm", "talk.db-lock", "talk.db-commits", "blobs")
          .map(Path::of)
          .toList();

  @BeforeEach
  @AfterEach
  void removeWhatTheGuideMakes() throws IOException {
    for (Path path : MADE) {
      if (Files.exists(path)) {
        try (Stream<Path> all = Files.walk(path)) {
          all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
      }
    }
  }

  @Test
  void everyLineOfCodeInTheGuideIsHere() throws IOException {
    String source = bare(Files.readString(SOURCE));
    List<String> blocks = blocks(Files.readString(Path.of("..", "docs", "storage.md")));
    assertThat(blocks).hasSize(3);
    for (String block : blocks) {
      for (String part : block.split("(?<=import [\\w.]{1,99};)\n", -1)) {
        assertThat(source).contains(bare(part));
      }
    }
  }

  private static List<String> blocks(String guide) {
    return Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
        .matcher(guide)
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  /** Without comments at the ends of lines, and without white space. */
  private static String bare(String code) {
    return code.replaceAll("(?m)\\s//.*$", "").replaceAll("\\s+", "");
  }

  @Test
  void hubIsKeptInAFile() {
    Database database = Database.open("talk.db");
    Hub hub = HubEngine.builder(database.storage()).open();

    HubClient alice = HubClient.join(hub, "alice").start();
    assertThat(alice.send(alice.status().join().general(), "Hello").join()).isNotNull();
    hub.close();
    database.close();
    assertThat(Path.of("talk.db")).isNotEmptyFile();
  }

  @Test
  void filesAreKeptInAFolder() throws IOException {
    InputStream in = new ByteArrayInputStream(new byte[1000]);
    try (Database database = Database.open("talk.db")) {
      assertThat(keep(in, database).size()).isEqualTo(1000);
    }
    assertThat(Path.of("blobs")).isNotEmptyDirectory();
  }

  private static Blob keep(InputStream in, Database database) throws IOException {
    BlobStore blobs = FolderBlobStore.open(Path.of("blobs"), 10L << 30);
    Blob blob;
    try (BlobStore.Upload upload = blobs.upload();
        OutputStream out = Channels.newOutputStream(upload)) {
      in.transferTo(out);
      blob = upload.finish();
    }
    database.sweep(blobs, Duration.ofHours(1));
    blobs.close();
    return blob;
  }

  /** There is no such server: it is enough that this compiles. */
  static Database openOnAServer() {
    Database database =
        Database.builder("jdbc:mariadb://localhost/talk")
            .user("talk")
            .password(System.getenv("TALK_DB_PASSWORD"))
            .open();
    return database;
  }
}
