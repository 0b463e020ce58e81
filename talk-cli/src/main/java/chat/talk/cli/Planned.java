package chat.talk.cli;

import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.room.Scheduled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is to be sent later, as far as this run has come to know of it. For any thread. */
final class Planned {
  /** Whoever schedules more is told of the oldest ones without their texts. */
  private static final int MOST = 1_000;

  private final Map<MessageId, Draft> drafts = new LinkedHashMap<>();

  synchronized void add(Draft draft) {
    drafts.remove(draft.id());
    drafts.put(draft.id(), draft);
    if (drafts.size() > MOST) {
      drafts.remove(drafts.keySet().iterator().next());
    }
  }

  void add(List<Scheduled> waiting) {
    waiting.forEach(one -> add(one.draft()));
  }

  synchronized Optional<Draft> find(MessageId message) {
    return Optional.ofNullable(drafts.get(message));
  }
}
