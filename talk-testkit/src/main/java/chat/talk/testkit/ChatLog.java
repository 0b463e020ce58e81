package chat.talk.testkit;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.UserName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jetbrains.annotations.Nullable;

/**
 * The log of one chat as it is in the end, and who may see what of it. Stretches of membership are
 * counted from 1; a chat that is open to all is one stretch.
 */
final class ChatLog {
  static final int UNKNOWN = -1;

  private static final int[] NOTHING = {};

  final ChatId chat;
  final Entry[] entries;

  /** How many of the oldest the storage has dropped; {@link #UNKNOWN} when nobody has said. */
  final int dropped;

  private final long[] sequences;
  private final boolean isPrivate;
  private final boolean isDirect;
  private final Map<UserName, int[]> stretches = new HashMap<>();

  ChatLog(ChatId chat, List<Entry> all, int dropped) {
    this.chat = chat;
    this.dropped = dropped;
    this.entries = all.toArray(new Entry[0]);
    this.sequences = new long[entries.length];
    for (int i = 0; i < entries.length; i++) {
      sequences[i] = entries[i].cursor().sequence();
    }
    this.isDirect = chat.value().indexOf('~') >= 0;
    this.isPrivate = entries.length > 0 && entries[0].event() instanceof Event.Created;
  }

  int size() {
    return entries.length;
  }

  boolean isOpen() {
    return !isPrivate && !isDirect;
  }

  /** Where an entry of this place is, or -1. */
  int find(Cursor cursor, int expected) {
    if (expected < entries.length && entries[expected].cursor().equals(cursor)) {
      return expected;
    }
    int found = position(cursor) - 1;
    return found >= 0 && entries[found].cursor().equals(cursor) ? found : -1;
  }

  /** How many entries lie before a place. */
  int position(Cursor cursor) {
    int low = 0;
    int high = sequences.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sequences[middle] <= cursor.sequence()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * For each entry, in which of a user's stretches it lies: 0 when he must not see it, negative
   * when he may, positive when he has to. Null when he has to see all; empty when nothing.
   */
  int @Nullable [] stretches(UserName user) {
    if (isOpen()) {
      return null;
    }
    if (isDirect) {
      return chat.isDirectOf(user) ? null : NOTHING;
    }
    return stretches.computeIfAbsent(user, this::findStretches);
  }

  /** In which of a user's stretches a place lies. */
  int stretch(UserName user, Cursor place) {
    return Math.abs(stretch(stretches(user), position(place) - 1));
  }

  private int[] findStretches(UserName user) {
    int[] found = new int[entries.length];
    int count = 0;
    boolean inside = false;
    for (int i = 0; i < found.length; i++) {
      Event event = entries[i].event();
      boolean enters = !inside && isEntry(event, user);
      boolean leaves = inside && event instanceof Event.Left left && left.member().equals(user);
      count += enters ? 1 : 0;
      if (inside || enters) {
        found[i] = enters || leaves ? -count : count;
      }
      inside = (inside || enters) && !leaves;
    }
    return found;
  }

  private static boolean isEntry(Event event, UserName user) {
    return event instanceof Event.Joined joined
        ? joined.member().equals(user)
        : event instanceof Event.Created && event.author().equals(user);
  }

  /** The stretch that lasts to the end; 0 when there is none. */
  int openStretch(UserName user) {
    int[] all = stretches(user);
    if (all == null) {
      return 1;
    }
    if (all.length == 0) {
      return 0;
    }
    int last = all[all.length - 1];
    boolean hasLeft = last < 0 && entries[all.length - 1].event() instanceof Event.Left;
    return hasLeft ? 0 : Math.abs(last);
  }

  /** When the stretch began that lasts to the end; null when there is none. */
  @Nullable
  Instant memberSince(UserName user) {
    int open = openStretch(user);
    int[] all = stretches(user);
    if (open == 0 || all == null) {
      return open == 0 ? null : Instant.MIN;
    }
    return begin(user, open).event().time();
  }

  /** With what a user's stretch begins, of a chat that isn't open to all. */
  Entry begin(UserName user, int stretch) {
    int[] all = Objects.requireNonNull(stretches(user));
    int first = 0;
    while (Math.abs(all[first]) != stretch) {
      first++;
    }
    return entries[first];
  }

  static int stretch(int @Nullable [] stretches, int index) {
    return stretches == null ? 1 : stretches.length == 0 ? 0 : stretches[index];
  }

  boolean isUnread(int index, UserName reader) {
    return entries[index].event() instanceof ChatMessage message
        && !message.author().equals(reader);
  }

  boolean isBlank(int index) {
    return entries[index].event() instanceof ChatMessage message && message.revision().isBlank();
  }
}
