package chat.talk.cli;

import java.util.List;

/** The words that begin with a colon. */
final class Commands {
  static final String UPDATE = ":update";
  static final String USER = ":user";
  static final String HELP = ":help";
  static final String EXIT = ":exit";

  static final List<String> NAMES = List.of(UPDATE, USER, HELP, EXIT);

  static final String ALL_OF_THEM =
      """
      :update       list the users and their addresses
      :user NAME    talk to NAME from now on
      TEXT          send TEXT to the user you talk to
      ::TEXT        send a text that begins with a colon
      :help         show this
      :exit         unregister and leave; so do Ctrl-C and Ctrl-D""";

  private Commands() {}
}
