package chat.talk.cli;

/** Ends the program with a line on stderr and an exit code. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  Failure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  Failure(int exitCode, String message) {
    this(exitCode, message, null);
  }

  /** The failure, with a code for those that have none. */
  static Failure of(Throwable failure) {
    return failure instanceof Failure known
        ? known
        : new Failure(ExitCode.FAILED, Printable.reason(failure), failure);
  }

  int exitCode() {
    return exitCode;
  }
}
