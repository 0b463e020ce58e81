package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.room.Blob;
import chat.talk.room.BlobStore.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What some tests do with a folder of blobs in a process of its own. */
final class BlobProcess {
  private static final int PIECE = 10_000;
  private static final int MAX_SIZE = 150_000;
  private static final int WRITERS = 2;
  private static final int BIG = 64 << 20;

  private BlobProcess() {}

  /** A process with little memory, after some words of a shell that end with {@code exec}. */
  static Process start(String shell, String task, Path folder, long seed) throws IOException {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(List.of("-Xmx16m", "-XX:MaxDirectMemorySize=2m", "-XX:+UseSerialGC"));
    java.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    java.addAll(List.of("-cp", System.getProperty("java.class.path"), BlobProcess.class.getName()));
    java.addAll(List.of(task, folder.toString(), Long.toString(seed)));
    List<String> command = new ArrayList<>(List.of("sh", "-c", shell + " \"$@\"", "sh"));
    command.addAll(java);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    long seed = Long.parseLong(args[2]);
    switch (args[0]) {
      case "write" -> write(FolderBlobStore.open(folder, Long.MAX_VALUE), seed);
      case "big" -> writeBig(FolderBlobStore.open(folder, Long.MAX_VALUE));
      case "open" -> System.out.println(outcome(folder));
      default -> fill(folder);
    }
  }

  private static String outcome(Path folder) {
    try (FolderBlobStore store = FolderBlobStore.open(folder, 1)) {
      return "opened " + store;
    } catch (ChatException e) {
      return e.code() + " " + e.getMessage();
    }
  }

  /** Writes until it is killed, and tells of each blob once it is there. */
  private static void write(FolderBlobStore store, long seed) {
    for (int writer = 0; writer < WRITERS; writer++) {
      long first = seed + writer;
      new Thread(
              () -> {
                for (long next = first; ; next += WRITERS) {
                  System.out.println(next + " " + put(store, content(next)).digest());
                }
              })
          .start();
    }
  }

  /** So many bytes, the same for the same seed. */
  static byte[] content(long seed) {
    Random random = new Random(seed);
    byte[] content = new byte[1 + random.nextInt(MAX_SIZE)];
    random.nextBytes(content);
    return content;
  }

  private static Blob put(FolderBlobStore store, byte[] content) {
    try (Upload upload = store.upload()) {
      for (int at = 0; at < content.length; at += PIECE) {
        upload.write(ByteBuffer.wrap(content, at, Math.min(PIECE, content.length - at)));
      }
      return upload.finish();
    }
  }

  /** Much more than there is memory. */
  private static void writeBig(FolderBlobStore store) {
    byte[] piece = new byte[1 << 20];
    try (store;
        Upload upload = store.upload()) {
      for (int i = 0; i < BIG / piece.length; i++) {
        upload.write(ByteBuffer.wrap(piece));
      }
      Blob blob = upload.finish();
      try (var download = store.download(blob, 0)) {
        long count = 0;
        ByteBuffer into = ByteBuffer.wrap(piece);
        for (int read = download.read(into); read >= 0; read = download.read(into.clear())) {
          count += read;
        }
        System.out.println(count == BIG);
      }
    }
  }

  /** Fills a disk, and goes on when there is room again; tells how many files were left over. */
  private static void fill(Path disk) throws IOException {
    Path other = Files.write(disk.resolve("other"), new byte[300_000]);
    try (FolderBlobStore store = FolderBlobStore.open(disk.resolve("blobs"), Long.MAX_VALUE)) {
      Blob small = put(store, new byte[1]);
      byte[] large = content(1, 900_000);
      System.out.println(outcome(store, large));
      System.out.println(disk.resolve("blobs/uploads").toFile().list().length + " " + store.used());
      System.out.println(store.find(small.digest()).isPresent());
      Files.delete(other);
      System.out.println(outcome(store, large));
      System.out.println(store.used());
    }
  }

  private static byte[] content(long seed, int size) {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    return content;
  }

  private static String outcome(FolderBlobStore store, byte[] content) {
    try {
      return "stored " + put(store, content).size();
    } catch (ChatException e) {
      return e.code() + " " + e.getMessage();
    }
  }
}
