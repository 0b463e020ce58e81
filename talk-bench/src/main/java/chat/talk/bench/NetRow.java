package chat.talk.bench;

/** One line of the table of figures: something that can be measured of any contender. */
interface NetRow {
  /** What is measured, with its sizes. */
  String title();

  /** Of the figures' values. */
  String unit();

  /** Measures a server that has just been started. */
  Figure measure(ServerProcess server) throws Exception;

  /** For how long it is measured in full; 0 where that is as long as it takes. */
  default double seconds() {
    return 0;
  }

  /** How many connections it takes. */
  int connections();

  /** What the server's JVM is told besides. */
  default String[] jvmOptions() {
    return new String[0];
  }

  /** Whether a large figure is a good one. */
  boolean isMoreBetter();
}
