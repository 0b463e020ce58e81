package chat.talk.cli;

import chat.talk.ChatException;

/** What the program ends with; {@code talk --help} says it to users. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int NO_REGISTRY = 3;
  static final int NAME_TAKEN = 4;
  static final int CANNOT_LISTEN = 5;

  private ExitCode() {}

  /** What a failure that nobody has handled ends the program with. */
  static int of(ChatException.Code code) {
    return switch (code) {
      case INVALID -> USAGE;
      case NAME_TAKEN, FORBIDDEN -> NAME_TAKEN;
      case CANNOT_LISTEN -> CANNOT_LISTEN;
      default -> FAILED;
    };
  }
}
