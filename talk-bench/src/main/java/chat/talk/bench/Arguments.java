package chat.talk.bench;

/** Words of a command line, for benchmarks that have few. */
final class Arguments {
  private static final String WHOLE = "[1-9][0-9]{0,8}";

  private Arguments() {}

  /** One that is a number above 0, or what it is when it isn't there; ends the JVM otherwise. */
  static int number(String[] args, int index, int otherwise) {
    if (index >= args.length) {
      return otherwise;
    }
    if (!isNumber(args[index])) {
      refuse("a whole number above 0 is wanted, but not " + args[index]);
    }
    return Integer.parseInt(args[index]);
  }

  static boolean isNumber(String word) {
    return word.matches(WHOLE);
  }

  /** Ends the JVM, as one does who wasn't understood. */
  static void refuse(String why) {
    System.err.println("bench: " + why);
    System.exit(2);
  }
}
