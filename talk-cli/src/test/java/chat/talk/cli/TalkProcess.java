package chat.talk.cli;

import chat.talk.programs.ClassArchive;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in a process of its own, driven through pipes. */
final class TalkProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private static final List<String> JAVA =
      ClassArchive.java(Path.of("target", "programs"), options(), Main.class.getName(), "warm-up");

  private final Process process;
  private final Writer in;
  private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> err = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  private TalkProcess(Process process) {
    this.process = process;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    collect(process.inputReader(StandardCharsets.UTF_8), out);
    collect(process.errorReader(StandardCharsets.UTF_8), err);
  }

  static TalkProcess start(Path home, String... args) throws IOException {
    return new TalkProcess(prepare(home, args).start());
  }

  /** One whose stdout is a device on which there is never room. */
  static TalkProcess startWithoutOut(Path home, String... args) throws IOException {
    return new TalkProcess(prepare(home, args).redirectOutput(new File("/dev/full")).start());
  }

  /** One that a shell starts, after and before what it is told. */
  static TalkProcess startInShell(Path home, String before, String after, String... args)
      throws IOException {
    ProcessBuilder builder = prepare(home, args);
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", before + " \"$@\" " + after, "talk"));
    command.addAll(builder.command());
    return new TalkProcess(builder.command(command).start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** A whole command, not the program's alone. */
  static TalkProcess start(Path home, List<String> command) throws IOException {
    return new TalkProcess(prepare(home, command).start());
  }

  private static ProcessBuilder prepare(Path home, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TALK_HOME", home.toString());
    return builder;
  }

  /** A command in a folder, with more in its environment. */
  static TalkProcess start(Path folder, List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    return new TalkProcess(builder.start());
  }

  private static ProcessBuilder prepare(Path home, String... args) {
    List<String> command = java(Main.class);
    command.addAll(List.of(args));
    return prepare(home, command);
  }

  /** The command that runs a class of this class path. */
  static List<String> java(Class<?> main) {
    List<String> command = new ArrayList<>(JAVA);
    command.add(main.getName());
    return command;
  }

  private static List<String> options() {
    List<String> options = new ArrayList<>(List.of("-Xmx256m", "-XX:+UseSerialGC"));
    options.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=3"));
    if (Runtime.version().feature() >= 24) {
      // What the script and the jar's manifest tell newer JDKs, so that they warn of nothing.
      options.add("--enable-native-access=ALL-UNNAMED");
      options.add("--sun-misc-unsafe-memory-access=allow");
    }
    return options;
  }

  void enter(String... lines) throws IOException {
    for (String line : lines) {
      in.write(line + "\n");
    }
    in.flush();
  }

  void endInput() throws IOException {
    in.close();
  }

  /** The next line on stdout that matches; those before it are passed over. */
  String await(String pattern) throws InterruptedException {
    return next(out, Pattern.compile(pattern).asMatchPredicate());
  }

  /** The next line on stderr that matches; those before it are passed over. */
  String awaitError(String pattern) throws InterruptedException {
    Predicate<String> wanted = Pattern.compile(pattern).asMatchPredicate();
    return next(
        err,
        line -> {
          errors.add(line);
          return wanted.test(line);
        });
  }

  /** Whether there is anything on stdout that wasn't awaited yet. */
  boolean hasShown() {
    return !out.isEmpty();
  }

  /** The URL in the first line. */
  String url() throws InterruptedException {
    Matcher line = Pattern.compile(".*(http://\\S+)").matcher(await(".*http://.*"));
    return line.matches() ? line.group(1) : "";
  }

  /** What else came out on stdout until it ended. */
  List<String> restOfOut() throws InterruptedException {
    return rest(out);
  }

  /** What else came out on stderr until it ended. */
  List<String> restOfErr() throws InterruptedException {
    return rest(err);
  }

  /** All that came out on stderr until it ended, also what was awaited. */
  List<String> allErr() throws InterruptedException {
    errors.addAll(rest(err));
    return List.copyOf(errors);
  }

  private List<String> rest(BlockingQueue<String> lines) throws InterruptedException {
    List<String> rest = new ArrayList<>();
    for (String line = take(lines); !line.equals(END); line = take(lines)) {
      rest.add(line);
    }
    return rest;
  }

  int exitCode() throws InterruptedException {
    return exitCode(Duration.ofSeconds(PATIENCE_SECONDS));
  }

  /** For what may take longer than most. */
  int exitCode(Duration limit) throws InterruptedException {
    if (!hasEndedWithin(limit)) {
      throw new AssertionError("still running; seen: " + seen + ", stderr: " + err);
    }
    return process.exitValue();
  }

  boolean hasEndedWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** By SIGTERM alone: a process's own destroy would close its input, too. */
  void terminate() {
    process.toHandle().destroy();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static final String END = "\u0000";

  private String next(BlockingQueue<String> lines, Predicate<String> wanted)
      throws InterruptedException {
    String line = take(lines);
    while (!wanted.test(line)) {
      if (line.equals(END)) {
        throw new AssertionError("ended without it; seen: " + seen + ", stderr: " + err);
      }
      line = take(lines);
    }
    return line;
  }

  private String take(BlockingQueue<String> lines) throws InterruptedException {
    String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("nothing more came; seen: " + seen + ", stderr: " + err);
    }
    seen.add(line);
    return line;
  }

  private static void collect(BufferedReader reader, BlockingQueue<String> lines) {
    Thread thread =
        new Thread(
            () -> {
              try (reader) {
                reader.lines().forEach(lines::add);
              } catch (IOException | UncheckedIOException e) {
                lines.add("broke off: " + e);
              }
              lines.add(END);
            },
            "talk-test-reader");
    thread.setDaemon(true);
    thread.start();
  }
}
