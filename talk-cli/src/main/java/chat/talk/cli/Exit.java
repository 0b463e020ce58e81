package chat.talk.cli;

/** Cleans up however the program ends, short of kill -9. */
final class Exit {
  private Exit() {}

  /** Closes it when the JVM ends: by return, by Ctrl-C, SIGTERM or SIGHUP. */
  static void closing(AutoCloseable open) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(open), "talk-exit"));
  }

  private static void close(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) {
      System.err.println("talk: " + Printable.reason(e));
    }
  }
}
