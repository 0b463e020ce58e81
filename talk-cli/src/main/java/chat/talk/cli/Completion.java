package chat.talk.cli;

import chat.talk.UserName;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes commands, and names where a command wants one. */
final class Completion implements Completer {
  /** Names come with messages, and so from anybody: more of them help nobody. */
  private static final int MAX_AUTHORS = 1000;

  private final Set<UserName> authors = ConcurrentHashMap.newKeySet();
  private volatile Set<UserName> users = Set.of();
  private volatile Runnable lookUp = () -> {};

  /** Who is there; whoever wrote before and is not among them is gone. */
  void know(Set<UserName> users) {
    this.users = Set.copyOf(users);
    authors.clear();
  }

  /** Somebody who has just written. */
  void know(UserName author) {
    if (authors.size() < MAX_AUTHORS) {
      authors.add(author);
    }
  }

  /** What to do when nobody known fits. */
  void onNobody(Runnable lookUp) {
    this.lookUp = lookUp;
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
    return wantsName ? names(words.get(1)).stream() : Stream.empty();
  }

  private Set<String> names(String typed) {
    Set<String> names =
        Stream.concat(users.stream(), authors.stream())
            .map(UserName::value)
            .collect(Collectors.toSet());
    if (names.stream().noneMatch(name -> name.startsWith(typed))) {
      lookUp.run();
    }
    return names;
  }
}
