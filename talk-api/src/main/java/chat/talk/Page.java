package chat.talk;

import java.util.List;
import java.util.Objects;

/**
 * A stretch of a chat's log, oldest entry first whichever way it was read.
 *
 * @param entries the entries, without a hole between them
 * @param next where to read on in the same direction
 * @param atEnd whether, when it was read, nothing lay beyond in that direction: the head of the log
 *     when reading forwards, the oldest retained entry when reading backwards
 * @param lost whether entries between the cursor asked for and this page are gone for good, by
 *     retention or by a log that began anew; the page then starts with the oldest there is
 */
public record Page(List<Entry> entries, Cursor next, boolean atEnd, boolean lost) {
  /** Takes an unmodifiable copy of the entries. */
  public Page {
    entries = List.copyOf(entries);
    Objects.requireNonNull(next, "next");
  }
}
