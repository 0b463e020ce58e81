package chat.talk.jdbc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A program that runs until it is killed, or until this JVM ends, in whatever way that is. */
final class ServerProcess {
  /** Its standard input ends with this JVM. */
  private static final String GUARD =
      "log=$1; shift; \"$@\" </dev/null >>\"$log\" 2>&1 & echo $!; cat >/dev/null; kill -9 $!";

  private final Process guard;
  private final ProcessHandle server;

  private ServerProcess(Process guard, ProcessHandle server) {
    this.guard = guard;
    this.server = server;
  }

  static ServerProcess start(List<String> command, Path log) throws IOException {
    List<String> guarded = new ArrayList<>(List.of("sh", "-c", GUARD, "guard", log.toString()));
    guarded.addAll(command);
    Process guard =
        new ProcessBuilder(guarded).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader said = guard.inputReader();
    long pid = Long.parseLong(said.readLine());
    return new ServerProcess(guard, ProcessHandle.of(pid).orElseThrow());
  }

  /** Runs a program to its end, with this as its standard input. */
  static void run(List<String> command, InputStream input, Path log) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try (input;
        var to = process.getOutputStream()) {
      input.transferTo(to);
    } catch (IOException e) {
      // It has ended before: its exit says why.
    }
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(command.get(0) + " failed");
    }
  }

  boolean isAlive() {
    return !isGone(server);
  }

  /** With SIGKILL, and all that it has started. */
  void kill() {
    List<ProcessHandle> all = Stream.concat(Stream.of(server), server.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    TestServer.await("its end", () -> all.stream().allMatch(ServerProcess::isGone));
    try {
      guard.getOutputStream().close();
      guard.onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Also when nobody has asked for its exit code yet: its state is Z then, behind its name. */
  private static boolean isGone(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
    } catch (IOException e) {
      return true;
    }
  }
}
