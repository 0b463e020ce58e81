package chat.talk.cli;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.room.HubClient;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Tells the hub what the user has read, one chat at a time and only the latest place of each. */
final class ReadMarks {
  private final Map<ChatId, Cursor> waiting = new LinkedHashMap<>();
  private CompletableFuture<Void> told = CompletableFuture.completedFuture(null);

  synchronized void mark(HubClient me, ChatId chat, Cursor upTo) {
    waiting.put(chat, upTo);
    if (told.isDone()) {
      told = new CompletableFuture<>();
      tellNext(me);
    }
  }

  /** Completes when the hub knows all, or couldn't be told. */
  synchronized CompletableFuture<Void> told() {
    return told;
  }

  private synchronized void tellNext(HubClient me) {
    Iterator<Map.Entry<ChatId, Cursor>> marks = waiting.entrySet().iterator();
    if (!marks.hasNext()) {
      told.complete(null);
      return;
    }
    Map.Entry<ChatId, Cursor> next = marks.next();
    marks.remove();
    me.markRead(next.getKey(), next.getValue()).whenComplete((done, failure) -> tellNext(me));
  }
}
