package chat.talk.cli;

import org.jetbrains.annotations.Nullable;

/**
 * A command of a hub's terminal.
 *
 * @param name with its colon
 * @param parameters what may stand behind it, for people
 * @param help what it does, in a line
 * @param wants what its first word is, as far as that can be completed
 * @param concern what it has to do with the chat that the user is at
 * @param question asks for a secret that stands in no line; null where there is none
 * @param action does it; fails with a {@link chat.talk.ChatException}
 */
record RoomCommand(
    String name,
    String parameters,
    String help,
    Wants wants,
    Concern concern,
    @Nullable String question,
    Action action) {
  private static final int WIDTH = 29;

  RoomCommand(String name, String parameters, String help, Action action) {
    this(name, parameters, help, Wants.OTHER, action);
  }

  RoomCommand(String name, String parameters, String help, Wants wants, Action action) {
    this(name, parameters, help, wants, Concern.CHAT, null, action);
  }

  /** The same, with a question that is asked first. */
  RoomCommand asking(String secret) {
    return new RoomCommand(name, parameters, help, wants, concern, secret, action);
  }

  /** The same, with something else to do than with the chat that the user is at. */
  RoomCommand concerning(Concern other) {
    return new RoomCommand(name, parameters, help, wants, other, question, action);
  }

  /** The command and its help in one line. */
  String line() {
    String left = (name + " " + parameters).strip();
    return left + " ".repeat(Math.max(1, WIDTH - left.length())) + help;
  }

  /** Does what a command says. */
  @FunctionalInterface
  interface Action {
    void run(Arguments arguments);
  }

  /** What may be completed. */
  enum Wants {
    USER,
    CHAT,
    COMMAND,
    OTHER
  }

  /** What a command has to do with the chat that the user is at. */
  enum Concern {
    /** It only asks: nobody's words have to wait for it. */
    NONE,
    /** It has to do with another one, or with none. */
    ELSEWHERE,
    /** It does something there. */
    CHAT,
    /** It decides who hears what is said there next. */
    HEARERS,
    /** It leads to a chat itself: wherever the user is, it does what it says. */
    WAY;

    /** Whether it decides who hears what is entered next. */
    boolean isLeading() {
      return this == HEARERS || this == WAY;
    }

    /** Whether it is another command than was meant once a leading one has failed. */
    boolean reliesOnTheWay() {
      return this == CHAT || this == HEARERS;
    }
  }
}
