package chat.talk.hub;

import chat.talk.MessageId;
import chat.talk.room.Scheduled;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jetbrains.annotations.Nullable;

/** One user's scheduled messages: those that wait, and what became of the last others. */
final class Plans {
  static final Comparator<Scheduled> BY_TIME =
      Comparator.comparing(Scheduled::at)
          .thenComparing(Scheduled::author)
          .thenComparing(one -> one.draft().id());

  private static final Comparator<Scheduled> BY_END =
      Comparator.comparing(Scheduled::ended).thenComparing(one -> one.draft().id());

  private final Map<MessageId, Scheduled> all = new HashMap<>();
  private final TreeSet<Scheduled> waiting = new TreeSet<>(BY_TIME);
  private final TreeSet<Scheduled> ended = new TreeSet<>(BY_END);

  void add(Scheduled one) {
    all.put(one.draft().id(), one);
    listOf(one).add(one);
  }

  void remove(Scheduled one) {
    all.remove(one.draft().id());
    listOf(one).remove(one);
  }

  private Set<Scheduled> listOf(Scheduled one) {
    return one.waits() ? waiting : ended;
  }

  @Nullable
  Scheduled find(MessageId id) {
    return all.get(id);
  }

  int countWaiting() {
    return waiting.size();
  }

  /** The next one first. */
  List<Scheduled> waiting() {
    return List.copyOf(waiting);
  }

  Scheduled next() {
    return waiting.first();
  }

  int countEnded() {
    return ended.size();
  }

  /** What ended first of what is remembered, but for the one that has just ended. */
  Scheduled oldestEnded(Scheduled latest) {
    Scheduled first = ended.first();
    return first.equals(latest) && ended.size() > 1 ? ended.higher(first) : first;
  }
}
