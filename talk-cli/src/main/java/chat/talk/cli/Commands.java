package chat.talk.cli;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

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

  /** As {@link Words} says: names are wanted behind one command only. */
  static Stream<String> complete(List<String> words, int index, Supplier<Set<String>> names) {
    if (index == 0) {
      return words.get(0).startsWith(":") ? NAMES.stream() : Stream.empty();
    }
    boolean wantsName = index == 1 && words.get(0).equals(USER);
    return wantsName ? names.get().stream() : Stream.empty();
  }
}
