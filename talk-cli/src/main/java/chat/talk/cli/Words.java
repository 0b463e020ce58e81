package chat.talk.cli;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Knows what may be typed. */
@FunctionalInterface
interface Words {
  /**
   * What may stand at a place of a line; what doesn't begin as the word there is passed over.
   *
   * @param words those of the line
   * @param index the place
   * @param names the users there are; asked for only where one is wanted
   */
  Stream<String> at(List<String> words, int index, Supplier<Set<String>> names);
}
