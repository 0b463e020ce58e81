package chat.talk.http.internal.hub;

import chat.talk.ChatMessage;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.Page;
import chat.talk.room.Scheduled;
import java.util.List;
import org.jetbrains.annotations.Nullable;

/**
 * How large an answer is, roughly, with a byte for each character: what makes it large is texts.
 */
final class Sizes {
  private static final long OVERHEAD = 256;

  private Sizes() {}

  static long of(@Nullable Object value) {
    if (value instanceof Page page) {
      return of(page.entries());
    }
    if (value instanceof List<?> list) {
      return OVERHEAD + list.stream().mapToLong(Sizes::of).sum();
    }
    if (value instanceof Entry entry) {
      return of(entry.event());
    }
    if (value instanceof ChatMessage message) {
      return OVERHEAD + message.text().length();
    }
    if (value instanceof Event.Edited edited) {
      return OVERHEAD + edited.text().length();
    }
    return value instanceof Scheduled planned
        ? OVERHEAD + planned.draft().text().length()
        : OVERHEAD;
  }
}
