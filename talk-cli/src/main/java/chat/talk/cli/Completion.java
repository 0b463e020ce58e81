package chat.talk.cli;

import chat.talk.UserName;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes commands, and names where a command wants one. */
final class Completion implements Completer {
  private volatile Set<UserName> users = Set.of();

  void know(Set<UserName> users) {
    this.users = Set.copyOf(users);
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    suggestions(line.words(), line.wordIndex()).map(Candidate::new).forEach(candidates::add);
  }

  private Stream<String> suggestions(List<String> words, int index) {
    if (index == 0) {
      return words.get(0).startsWith(":") ? Commands.NAMES.stream() : Stream.empty();
    }
    boolean wantsName = index == 1 && words.get(0).equals(Commands.USER);
    return wantsName ? users.stream().map(UserName::value) : Stream.empty();
  }
}
