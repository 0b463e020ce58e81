package chat.talk.programs;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Loaded classes, ready made, for programs that tests start by the dozen: without them a start
 * takes twice as long. A JVM archives classes out of jars only, so the class path's folders are
 * packed.
 */
public final class ClassArchive {
  private static final int LIMIT_SECONDS = 60;

  private final Path folder;
  private final List<String> options;

  private ClassArchive(Path folder, List<String> options) {
    this.folder = folder.toAbsolutePath();
    this.options = options;
  }

  /**
   * The command that runs a program of this JVM's class path. What it needs is made by the first
   * test JVM of a build, and once more when a class has changed.
   *
   * @param folder where it is kept
   * @param options for the JVM
   * @param training a program with arguments that loads most of what the others will, and ends by
   *     itself when it has nothing to read
   * @return a command without the program
   */
  public static List<String> java(Path folder, List<String> options, String... training) {
    try {
      return new ClassArchive(folder, options).command(List.of(training));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command(List<String> training) throws IOException {
    Files.createDirectories(folder);
    try (FileChannel channel = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
        FileLock oneProcess = channel.lock()) {
      Path state = folder.resolve("state");
      String current = options + " " + System.getProperty("java.vm.version") + " " + state();
      if (!oneProcess.isValid()
          || !Files.exists(state)
          || !Files.readString(state).equals(current)) {
        Files.deleteIfExists(state);
        make(training);
        Files.writeString(state, current);
      }
    }
    return java("-XX:SharedArchiveFile=" + archive());
  }

  /** Where there is no archive, a JVM starts without it. */
  private List<String> java(String archiving) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of(archiving, "-Xshare:auto", "-Xlog:disable", "-cp", classPath()));
    return command;
  }

  private Path archive() {
    return folder.resolve("classes.jsa");
  }

  private static List<Path> entries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(Files::exists)
        .toList();
  }

  private String classPath() {
    List<Path> entries = entries();
    List<String> jars = new ArrayList<>();
    for (Path entry : entries) {
      jars.add((Files.isDirectory(entry) ? jar(jars.size()) : entry).toString());
    }
    return String.join(File.pathSeparator, jars);
  }

  private Path jar(int place) {
    return folder.resolve("classes-" + place + ".jar");
  }

  /** Other when any class is. */
  private static String state() throws IOException {
    StringBuilder state = new StringBuilder();
    for (Path entry : entries()) {
      long hash = 0;
      for (Path file : files(entry)) {
        hash = 31 * hash + file.hashCode();
        hash = 31 * hash + Files.getLastModifiedTime(file).toMillis();
        hash = 31 * hash + Files.size(file);
      }
      state.append(entry).append(' ').append(hash).append('\n');
    }
    return state.toString();
  }

  private static List<Path> files(Path entry) throws IOException {
    try (Stream<Path> files = Files.walk(entry)) {
      return files.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    }
  }

  private void make(List<String> training) throws IOException {
    List<Path> entries = entries();
    for (int i = 0; i < entries.size(); i++) {
      if (Files.isDirectory(entries.get(i))) {
        pack(entries.get(i), jar(i));
      }
    }
    Files.deleteIfExists(archive());
    train(training);
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : files(classes)) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        to.putNextEntry(new JarEntry(name));
        Files.copy(file, to);
      }
    }
  }

  private void train(List<String> training) throws IOException {
    List<String> command = java("-XX:ArchiveClassesAtExit=" + archive());
    command.addAll(training);
    Process process =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectErrorStream(true)
            .start();
    try {
      process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }
}
