package chat.talk.bench;

import java.io.IOException;
import java.util.List;

/** Between a program and a process of it that must not go on without it. */
final class Lifeline {
  private Lifeline() {}

  /** Runs a command until it ends; ended itself, it lets that process end too. */
  static int run(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
    return process.waitFor();
  }

  private static void end(Process process) {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** In such a process: ends it when the program has ended, however that happened. */
  static void hold() {
    Thread thread = new Thread(Lifeline::awaitEnd, "lifeline");
    thread.setDaemon(true);
    thread.start();
  }

  private static void awaitEnd() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said.
      }
    } catch (IOException e) {
      // As good as the end.
    }
    System.exit(1);
  }
}
