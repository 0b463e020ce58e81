package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives things numbers, from 1, that stay theirs as long as the program runs.
 *
 * @param <T> the things
 */
final class Numbered<T> {
  private final String what;
  private final String list;
  private final List<T> things = new ArrayList<>();

  /**
   * Nothing as yet.
   *
   * @param what such a thing is called
   * @param list the command that shows the numbers
   */
  Numbered(String what, String list) {
    this.what = what;
    this.list = list;
  }

  synchronized int of(T thing) {
    if (!things.contains(thing)) {
      things.add(thing);
    }
    return things.indexOf(thing) + 1;
  }

  /**
   * The thing of a number.
   *
   * @throws ChatException when there is none
   */
  synchronized T find(String number) {
    boolean isNumber = number.matches("\\d{1,9}");
    int at = isNumber ? Integer.parseInt(number) : 0;
    if (at < 1 || at > things.size()) {
      throw new ChatException(
          isNumber ? Code.NOT_FOUND : Code.INVALID,
          "no " + what + " has the number " + number + " (" + list + " shows them)");
    }
    return things.get(at - 1);
  }
}
