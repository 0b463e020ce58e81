package chat.talk;

import java.util.Objects;

/**
 * An event at its place in a chat's log.
 *
 * @param cursor the place just behind it: reading on from there gives what follows
 * @param event what happened
 */
public record Entry(Cursor cursor, Event event) {
  /** Checks that nothing is missing. */
  public Entry {
    Objects.requireNonNull(cursor, "cursor");
    Objects.requireNonNull(event, "event");
  }
}
