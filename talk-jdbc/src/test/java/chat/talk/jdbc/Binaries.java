package chat.talk.jdbc;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The programs of database servers, unpacked from what Maven has brought. */
final class Binaries {
  private Binaries() {}

  /** Fails clearly on a machine that there are none for. */
  static void require(String server, String... architectures) {
    String here = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!java.util.Set.of(architectures).contains(here)) {
      throw new IllegalStateException(
          "Maven brings " + server + " for " + String.join(", ", architectures) + "; not " + here);
    }
  }

  /** A folder that is unpacked into once, and stays until Maven cleans. */
  static synchronized Path kept(String name, Unpacking unpacking) {
    try {
      Path parent = Files.createDirectories(Path.of("target", "servers").toAbsolutePath());
      Path folder = parent.resolve(name);
      // Of its own: one unpacking may need what another one keeps.
      Path lock = parent.resolve(name + ".lock");
      try (FileChannel channel = FileChannel.open(lock, CREATE, WRITE);
          FileLock oneProcess = channel.lock()) {
        if (oneProcess.isValid() && !Files.isDirectory(folder)) {
          Path half = parent.resolve(name + "." + ProcessHandle.current().pid());
          unpacking.into(Files.createDirectories(half));
          Files.move(half, folder);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void copy(String resource, Path to) throws IOException {
    try (InputStream from = open(resource)) {
      Files.createDirectories(to.getParent());
      Files.copy(from, to);
    }
  }

  static void copyProgram(String resource, Path to) throws IOException {
    copy(resource, to);
    if (!to.toFile().setExecutable(true)) {
      throw new IOException("not made executable: " + to);
    }
  }

  /** Closes what it unpacks. */
  static void untar(InputStream archive, Path into) throws IOException {
    run(archive, "tar", "-x", "-C", into.toString());
  }

  /** What is in a folder, with its owners. */
  static void copyAll(Path from, Path into) throws IOException {
    run(InputStream.nullInputStream(), "cp", "-a", from + "/.", into.toString());
  }

  private static void run(InputStream input, String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (input;
        OutputStream to = process.getOutputStream()) {
      input.transferTo(to);
    }
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(command[0] + " failed");
    }
  }

  static InputStream open(String resource) {
    return Objects.requireNonNull(
        Binaries.class.getClassLoader().getResourceAsStream(resource), resource);
  }

  /** What a resource has come in: a name with its version. */
  static String archive(String resource) {
    URL url =
        Objects.requireNonNull(Binaries.class.getClassLoader().getResource(resource), resource);
    return url.toString().replaceFirst("(?s)^.*?([^/]+)\\.jar!.*$", "$1");
  }

  /** Fills a folder. */
  @FunctionalInterface
  interface Unpacking {
    void into(Path folder) throws IOException;
  }
}
