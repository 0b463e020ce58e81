package chat.talk.hub;

import chat.talk.ChatMessage;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.Page;
import java.util.List;

/** How much there is in entries, in characters, roughly: what a network has to carry at once. */
final class Weight {
  /** What goes to a client at once, unless a single entry is heavier. */
  static final long ENOUGH = 1L << 18;

  /** What an entry takes besides its text. */
  static final long OVERHEAD = 256;

  private Weight() {}

  static long of(Entry entry) {
    if (entry.event() instanceof ChatMessage message) {
      return OVERHEAD + message.text().length();
    }
    return entry.event() instanceof Event.Edited edited
        ? OVERHEAD + edited.text().length()
        : OVERHEAD;
  }

  /** A page that was read forwards, ended where it holds enough. */
  static Page forwards(Page page) {
    List<Entry> entries = page.entries();
    int end = 0;
    for (long weight = 0; end < entries.size() && weight < ENOUGH; end++) {
      weight += of(entries.get(end));
    }
    return end == entries.size()
        ? page
        : new Page(entries.subList(0, end), entries.get(end - 1).cursor(), false, page.lost());
  }

  /** A page that was read backwards, begun where it holds enough. */
  static Page backwards(Page page) {
    List<Entry> entries = page.entries();
    int first = entries.size();
    for (long weight = 0; first > 0 && weight < ENOUGH; first--) {
      weight += of(entries.get(first - 1));
    }
    return first == 0
        ? page
        : new Page(
            entries.subList(first, entries.size()), entries.get(first - 1).cursor(), false, false);
  }
}
