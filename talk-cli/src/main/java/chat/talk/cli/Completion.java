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
  private volatile Words words = Commands::complete;

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

  /** Instead of what fits behind a peer's commands. */
  void completeWith(Words other) {
    this.words = other;
  }

  /** What to do when nobody known fits. */
  void onNobody(Runnable lookUp) {
    this.lookUp = lookUp;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    int index = line.wordIndex();
    words
        .at(line.words(), index, () -> names(line.words().get(index)))
        .map(Candidate::new)
        .forEach(candidates::add);
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
