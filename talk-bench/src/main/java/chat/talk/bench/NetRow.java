package chat.talk.bench;

import java.util.Locale;

/** One line of the table of figures. */
interface NetRow {
  /** Measures a server that has just been started. */
  Figure measure(ServerProcess server) throws Exception;

  /** How many connections it takes. */
  int connections();

  /** What the server's JVM is told besides. */
  default String[] jvmOptions() {
    return new String[0];
  }

  /** Whether a large figure is a good one. */
  boolean isMoreBetter();

  /**
   * What came out.
   *
   * @param value what is compared
   * @param aside what is taken off before comparing
   * @param text in words
   */
  record Figure(double value, double aside, String text) {
    static Figure of(double value, String text, Object... arguments) {
      return new Figure(value, 0, String.format(Locale.ROOT, text, arguments));
    }

    double compared() {
      return value - aside;
    }
  }
}
