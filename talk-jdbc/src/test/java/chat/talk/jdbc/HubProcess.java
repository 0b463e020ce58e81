package chat.talk.jdbc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A {@link CrashingHub} in a process of its own. */
final class HubProcess implements AutoCloseable {
  /** For a short life: quick to start, and small. */
  private static final List<String> OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx128m");

  private final Process process;
  private final Path errors;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

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
    List<String> program =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + temporary,
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
            "-Dio.netty.transport.noNative=true",
            "-cp",
            System.getProperty("java.class.path"),
            CrashingHub.class.getName(),
            target.url(),
            target.user(),
            target.password(),
            String.valueOf(late));
    List<String> command =
        Stream.of(program.subList(0, 1), OPTIONS, program.subList(1, program.size()))
            .flatMap(List::stream)
            .toList();
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

  /** Ends it at once, as {@code kill -9} does, and waits until it has ended. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
