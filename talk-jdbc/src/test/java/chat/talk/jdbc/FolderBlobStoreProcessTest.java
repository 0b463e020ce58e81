package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.talk.room.Blob;
import chat.talk.room.BlobStore.Download;
import chat.talk.room.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder of blobs in a process that is killed, has little memory or a full disk. */
@Timeout(180)
final class FolderBlobStoreProcessTest {
  private static final int KILLS = 10;
  private static final int MAX_BLOBS = 40;
  private static final String IN_A_LITTLE_DISK =
      "mount -t tmpfs -o size=1m none \"$TALK_DISK\" && exec";

  @TempDir private Path folder;

  @Test
  void killedProcessLeavesWholeBlobsAndAllThatItToldOf() throws Exception {
    Random random = new Random();
    long blobs = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> told = writeAndKill(kill * 1_000_000L, random.nextInt(MAX_BLOBS));
      try (FolderBlobStore store = FolderBlobStore.open(folder, Long.MAX_VALUE)) {
        for (String line : told) {
          assertIsThere(store, line);
        }
        List<Path> files = files();
        assertThat(files).allSatisfy(file -> assertIsWhole(store, file));
        assertThat(store.used()).isEqualTo(size(files));
        assertThat(folder.resolve("uploads")).isEmptyDirectory();
        blobs += told.size();
        assertThat(files.size()).isBetween((int) blobs, (int) blobs + 2 * (kill + 1));
      }
    }
  }

  /** Lets it tell of so many blobs, and kills it in the midst of the next. */
  private List<String> writeAndKill(long seed, int count) throws Exception {
    Process process = BlobProcess.start("exec", "write", folder, seed);
    List<String> told = new ArrayList<>();
    try (BufferedReader out = process.inputReader()) {
      for (int i = 0; i < count; i++) {
        told.add(out.readLine());
      }
      // The process's own method would close its output, too.
      process.toHandle().destroyForcibly();
      out.lines().forEach(told::add);
    } finally {
      process.destroyForcibly().waitFor();
    }
    return told;
  }

  private static void assertIsThere(FolderBlobStore store, String line) throws IOException {
    int space = line.indexOf(' ');
    byte[] content = BlobProcess.content(Long.parseLong(line.substring(0, space)));
    Digest digest = Digest.of(line.substring(space + 1));
    assertThat(read(store, new Blob(digest, content.length))).isEqualTo(content);
  }

  private static void assertIsWhole(FolderBlobStore store, Path file) throws IOException {
    Blob blob = store.find(Digest.of(file.getFileName().toString())).orElseThrow();
    assertThat(read(store, blob)).hasSize((int) blob.size());
  }

  private static byte[] read(FolderBlobStore store, Blob blob) throws IOException {
    try (Download download = store.download(blob, 0);
        InputStream in = Channels.newInputStream(download)) {
      return in.readAllBytes();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files.filter(file -> file.getFileName().toString().length() == 64).toList();
    }
  }

  private static long size(List<Path> files) {
    return files.stream().mapToLong(file -> file.toFile().length()).sum();
  }

  @Test
  void folderInUseIsRefusedToAnotherProcessWhateverWasTriedHere() throws Exception {
    try (FolderBlobStore store = FolderBlobStore.open(folder, 1)) {
      assertThatThrownBy(() -> FolderBlobStore.open(folder, 1).close())
          .hasMessageContaining("in use");
      assertThat(store.used()).isZero();
      assertThat(output(BlobProcess.start("exec", "open", folder, 0)))
          .singleElement()
          .asString()
          .startsWith("STORAGE")
          .contains(folder.toString(), "in use");
    }
    assertThat(output(BlobProcess.start("exec", "open", folder, 0)))
        .singleElement()
        .asString()
        .startsWith("opened");
  }

  @Test
  void blobLargerThanTheMemoryStreamsThrough() throws Exception {
    assertThat(output(BlobProcess.start("exec", "big", folder, 0))).containsExactly("true");
  }

  @Test
  void fullDiskIsAnErrorThatPasses() throws Exception {
    assumeTrue(canMount(), "needs a Linux where one may mount in a namespace of one's own");
    List<String> said = output(inALittleDisk("fill"));
    assertThat(said).hasSize(5);
    assertThat(said.get(0)).startsWith("STORAGE").contains(folder.toString(), "No space left");
    assertThat(said.subList(1, 5)).containsExactly("0 1", "true", "stored 900000", "900001");
  }

  private Process inALittleDisk(String task) throws IOException {
    String mount = IN_A_LITTLE_DISK.replace("$TALK_DISK", folder.toString());
    return BlobProcess.start(inNamespace(mount), task, folder, 0);
  }

  private static String inNamespace(String shell) {
    return "exec unshare -rm sh -c '" + shell + " \"$@\"' sh";
  }

  private static boolean canMount() throws Exception {
    try {
      return new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/tmp")
              .redirectErrorStream(true)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> output(Process process) throws Exception {
    try (BufferedReader out = process.inputReader()) {
      List<String> lines = out.lines().toList();
      assertThat(process.waitFor()).isZero();
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }
}
