package chat.talk.http;

/** Threads that libraries keep for the whole JVM; daemons that end when they have nothing to do. */
final class JvmThreads {
  private JvmThreads() {}

  static boolean isOne(Thread thread) {
    String name = thread.getName();
    return name.startsWith("OkHttp TaskRunner")
        || name.startsWith("Okio Watchdog")
        || name.startsWith("globalEventExecutor");
  }
}
