package chat.talk.jdbc;

import chat.talk.programs.ClassArchive;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A {@link CrashingHub} in a process of its own. */
final class HubProcess implements AutoCloseable {
  /** For a short life: quick to start, and small. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:CompileThresholdScaling=3",
          "-XX:+UseSerialGC",
          "-Xmx128m",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
          "-Dio.netty.transport.noNative=true");

  private final Process process;
  private final Path errors;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private volatile boolean stands;

  private HubProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    Thread thread = new Thread(this::listen, "hub-process");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Starts one.
   *
   * @param target its database
   * @param temporary a folder for what it unpacks
   * @param late whether it answers before it has stored
   */
  static HubProcess start(Target target, Path temporary, boolean late) {
    List<String> command = new ArrayList<>(Ready.JAVA);
    command.addAll(List.of("-Djava.io.tmpdir=" + temporary, CrashingHub.class.getName()));
    command.addAll(List.of(target.url(), target.user(), target.password(), String.valueOf(late)));
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      Path errors = temporary.resolve("errors");
      Process process =
          builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile())).start();
      return new HubProcess(process, errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      port.complete(Integer.parseInt(output.readLine()));
      stands = output.readLine() != null;
    } catch (IOException | NumberFormatException e) {
      port.completeExceptionally(new IllegalStateException("it said: " + said(), e));
    }
  }

  private String said() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      return "nothing that can be read";
    }
  }

  /** Where it serves, once it does. */
  CompletableFuture<Integer> port() {
    return port;
  }

  /** Has the next commit stand still. */
  void standAt(StandingStorage.Place place) {
    try {
      BufferedWriter input = process.outputWriter();
      input.write(place + "\n");
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean stands() {
    return stands;
  }

  /** Ends it at once, as {@code kill -9} does, and waits until it has ended. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Made when it is first needed. */
  private static final class Ready {
    private static final Path FOLDER = Path.of("target", "programs");

    static final List<String> JAVA =
        ClassArchive.java(
            FOLDER,
            OPTIONS,
            "-Djava.io.tmpdir=" + FOLDER,
            CrashingHub.class.getName(),
            FOLDER.resolve("talk.db").toString(),
            "",
            "",
            "false");
  }
}
