package chat.talk.testkit;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.testkit.Violation.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/** Compares what one device saw with the logs. */
final class SeenCheck {
  private final Map<ChatId, ChatLog> logs;
  private final SendCheck sends;
  private final DeviceHistory device;
  private final List<Violation> found;
  private final Map<ChatId, Place> places = new HashMap<>();
  private @Nullable Place current;

  SeenCheck(
      Map<ChatId, ChatLog> logs, SendCheck sends, DeviceHistory device, List<Violation> found) {
    this.logs = logs;
    this.sends = sends;
    this.device = device;
    this.found = found;
  }

  void run() {
    for (Object each : device.seen) {
      if (each instanceof Entry entry) {
        check(place(entry.event().chat()), entry);
      } else if (each instanceof ChatId chat) {
        lose(place(chat));
      } else {
        places.values().forEach(place -> place.mayGoBack = true);
      }
    }
    logs.values().forEach(this::checkEnd);
  }

  private Place place(ChatId chat) {
    if (current == null || !current.chat.equals(chat)) {
      current = places.computeIfAbsent(chat, this::begin);
    }
    return current;
  }

  private Place begin(ChatId chat) {
    ChatLog log = logs.getOrDefault(chat, new ChatLog(chat, List.of(), ChatLog.UNKNOWN));
    return new Place(chat, log, log.stretches(device.user));
  }

  private void lose(Place place) {
    place.lost = true;
    if (place.log.dropped == 0) {
      found.add(new Violation(Kind.FALSE_LOSS, device + " was told of a loss in " + place.chat));
    }
  }

  private void check(Place place, Entry entry) {
    int index = place.log.find(entry.cursor(), place.next);
    if (index < 0 || !isSame(place.log.entries[index].event(), entry.event())) {
      report(Kind.PHANTOM, entry);
      return;
    }
    checkText(place.log.entries[index].event(), entry);
    int stretch = ChatLog.stretch(place.stretches, index);
    if (stretch == 0) {
      report(Kind.LEAK, entry);
    }
    if (index < place.next && !place.mayGoBack) {
      report(Kind.DISORDER, entry);
    }
    if (index > place.next && stretch != 0 && isGap(place, index, Math.abs(stretch))) {
      report(Kind.GAP, entry);
    }
    place.mayGoBack = false;
    place.lost = false;
    place.began = true;
    place.next = index + 1;
  }

  /** Same event, possibly with another text by now. */
  private static boolean isSame(Event kept, Event seen) {
    return kept.getClass() == seen.getClass() && kept.key().equals(seen.key());
  }

  private void checkText(Event kept, Entry seen) {
    if (seen.event() instanceof ChatMessage message
        && !message.text().equals(((ChatMessage) kept).text())
        && !sends.wasSaid(message)) {
      report(Kind.WRONG_TEXT, seen);
    }
  }

  private boolean isGap(Place place, int index, int stretch) {
    return !mayBegin(place) && misses(place, index, stretch);
  }

  private boolean mayBegin(Place place) {
    return place.lost || (!place.began && (device.later || place.log.isOpen()));
  }

  /** Whether the device should have seen one of the entries between, in the same stretch. */
  private static boolean misses(Place place, int upTo, int stretch) {
    if (place.stretches == null) {
      return true;
    }
    for (int i = place.next; i < upTo; i++) {
      if (place.stretches[i] == stretch) {
        return true;
      }
    }
    return false;
  }

  private void checkEnd(ChatLog log) {
    int open = log.openStretch(device.user);
    if (open == 0) {
      return;
    }
    Place place = place(log.chat);
    boolean fromTheStart = !device.later && !log.isOpen();
    boolean missing =
        (place.began || fromTheStart)
            ? place.next < log.size() && misses(place, log.size(), open)
            : !device.later && log.size() > 0;
    if (missing && !place.lost) {
      String what = device + " saw " + log.chat + " to " + place.next + " of " + log.size();
      found.add(new Violation(Kind.INCOMPLETE, what));
    }
  }

  private void report(Kind kind, Entry entry) {
    String what = entry.event().getClass().getSimpleName() + " " + entry.event().key();
    String where = " in " + entry.event().chat() + " at " + entry.cursor();
    found.add(new Violation(kind, device + " saw " + what + where));
  }

  private static final class Place {
    final ChatId chat;
    final ChatLog log;
    final int @Nullable [] stretches;

    /** The index that should come. */
    int next;

    boolean began;
    boolean lost;
    boolean mayGoBack;

    Place(ChatId chat, ChatLog log, int @Nullable [] stretches) {
      this.chat = chat;
      this.log = log;
      this.stretches = stretches;
    }
  }
}
