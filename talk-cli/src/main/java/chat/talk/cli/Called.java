package chat.talk.cli;

/** How the program was called, so that what it says to enter can be entered as it stands. */
final class Called {
  /** The script {@code talk} says so; who runs the jar may. */
  static final String NAME = System.getProperty("talk.called", "talk");

  private Called() {}
}
