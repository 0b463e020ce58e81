package chat.talk.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Another JVM with this one's class path, which says on its first line where it listens. */
final class ChildProcess implements AutoCloseable {
  private static final long GRACE_SECONDS = 20;

  private final Process process;
  private final BufferedReader output;
  private final BufferedWriter input;

  private ChildProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
    this.input = process.outputWriter(StandardCharsets.UTF_8);
  }

  static ChildProcess start(Class<?> main, List<String> options, String... args)
      throws IOException {
    return start(List.of(), main, options, args);
  }

  /**
   * Starts one.
   *
   * @param before what stands before the command, such as a program that runs it
   */
  static ChildProcess start(
      List<String> before, Class<?> main, List<String> options, String... args) throws IOException {
    return start(command(before, main, options, args));
  }

  static ChildProcess start(List<String> command) throws IOException {
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Waits until the process takes connections at a port of 127.0.0.1. */
  void awaitPort(int port) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
    while (!isListening(port)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("nobody listens at port " + port);
      }
      Thread.sleep(20);
    }
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static List<String> command(
      List<String> before, Class<?> main, List<String> options, String... args) {
    List<String> command = new ArrayList<>(before);
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(quiet());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Stream.of(args).forEach(command::add);
    return command;
  }

  /** A new JVM says at each start what it will do to the libraries some day. */
  private static List<String> quiet() {
    return Runtime.version().feature() < 23
        ? List.of()
        : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
  }

  String readLine() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("the process has ended");
    }
    return line;
  }

  void writeLine(String line) throws IOException {
    input.write(line);
    input.newLine();
    input.flush();
  }

  long pid() {
    return process.pid();
  }

  /** Waits for the end, which comes by force when it doesn't by itself. */
  void await() throws InterruptedException {
    if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  void end() throws InterruptedException {
    close();
    await();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
