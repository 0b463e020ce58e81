package chat.talk.cli;

import java.util.List;

/** Cleans up however the program ends, short of kill -9. */
final class Exit {
  private Exit() {}

  /** Closes these in their order when the JVM ends: by return, by Ctrl-C, SIGTERM or SIGHUP. */
  static void closing(AutoCloseable... open) {
    List<AutoCloseable> inOrder = List.of(open);
    Thread closer = new Thread(() -> inOrder.forEach(Exit::close), "talk-exit");
    Runtime.getRuntime().addShutdownHook(closer);
  }

  private static void close(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) {
      System.err.println("talk: " + Printable.reason(e));
    }
  }
}
