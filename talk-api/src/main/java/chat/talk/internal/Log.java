package chat.talk.internal;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.UserName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/** One chat's entries; those before {@code start} in the list have been dropped. */
public final class Log {
  private static final NavigableSet<Long> NONE = Collections.emptyNavigableSet();

  final ChatId chat;
  private final long epoch;
  private final List<Entry> list = new ArrayList<>(1);
  private int start;
  private long dropped;

  /** No message up to this place has a text. */
  private long expired;

  /** Made when needed, as what follows: most chats of many are small. */
  private Map<UserName, Cursor> positions = Map.of();

  /** The places of the comments on a message and of its edits. */
  private Map<MessageKey, NavigableSet<Long>> references = Map.of();

  Log(ChatId chat, long epoch) {
    this.chat = chat;
    this.epoch = epoch;
  }

  Entry add(Event event) {
    Entry entry = new Entry(at(last() + 1), event);
    list.add(entry);
    MessageKey target = target(event);
    if (target != null) {
      references = writable(references);
      references.computeIfAbsent(target, key -> new TreeSet<>()).add(last());
    }
    return entry;
  }

  Entry removeFirst() {
    Entry first = list.set(start, null);
    start++;
    dropped++;
    if (start > list.size() / 2) {
      list.subList(0, start).clear();
      start = 0;
    }
    MessageKey target = target(first.event());
    if (target != null) {
      forget(target, first.cursor().sequence());
    }
    return first;
  }

  private void forget(MessageKey target, long place) {
    NavigableSet<Long> places = references.get(target);
    places.remove(place);
    if (places.isEmpty()) {
      references.remove(target);
    }
  }

  /** Puts an event in the place of another one that refers to the same message. */
  Entry replace(Entry old, Event event) {
    Entry entry = new Entry(old.cursor(), event);
    list.set(index(old.cursor().sequence()), entry);
    return entry;
  }

  /** Whether nothing is left, and nobody who reads here has missed anything. */
  boolean isReadAndEmpty() {
    return start == list.size()
        && !positions.isEmpty()
        && positions.values().stream().allMatch(head()::equals);
  }

  Cursor position(UserName reader) {
    return positions.getOrDefault(reader, Cursor.START);
  }

  void savePosition(UserName reader, Cursor position) {
    positions = writable(positions);
    positions.put(reader, position);
  }

  private static <K, V> Map<K, V> writable(Map<K, V> map) {
    return map instanceof HashMap ? map : new HashMap<>();
  }

  boolean isEmpty() {
    return last() == 0;
  }

  Cursor head() {
    return at(last());
  }

  Page after(Cursor cursor, int limit) {
    long from = firstPlace(cursor);
    long to = Math.min(last(), from + limit);
    return new Page(slice(from, to), at(to), to == last(), isLost(cursor));
  }

  Page before(Cursor cursor, int limit) {
    long to = isKnown(cursor) ? Math.min(cursor.sequence(), last()) : -1;
    if (to <= dropped) {
      return new Page(List.of(), at(Math.max(to, 0)), true, to != dropped && to != 0);
    }
    long from = Math.max(dropped, to - limit);
    return new Page(slice(from, to), at(from), from == dropped, false);
  }

  /** The comments on a message that follow a place. */
  public Page comments(MessageKey message, Cursor after, int limit) {
    List<Entry> found =
        references(message, firstPlace(after))
            .filter(entry -> entry.event() instanceof ChatMessage)
            .limit(limit + 1L)
            .toList();
    boolean atEnd = found.size() <= limit;
    List<Entry> page = atEnd ? found : found.subList(0, limit);
    Cursor next = atEnd ? head() : page.get(limit - 1).cursor();
    return new Page(page, next, atEnd, isLost(after));
  }

  /** The edits of a message. */
  Stream<Entry> edits(MessageKey message) {
    return references(message, 0).filter(entry -> entry.event() instanceof Event.Edited);
  }

  private Stream<Entry> references(MessageKey message, long after) {
    return references.getOrDefault(message, NONE).tailSet(after, false).stream()
        .map(place -> list.get(index(place)));
  }

  private static @Nullable MessageKey target(Event event) {
    if (event instanceof ChatMessage message) {
      return message.about();
    }
    return event instanceof Event.Edited edit
        ? new MessageKey(edit.author(), edit.message())
        : null;
  }

  /** A view of the entries behind one place up to and with another. */
  public List<Entry> between(Cursor after, Cursor upTo) {
    long from = firstPlace(after);
    long to = isKnown(upTo) ? Math.min(upTo.sequence(), last()) : from;
    return slice(from, Math.max(from, to));
  }

  /** The entries up to a place that this did not return before; none for a foreign place. */
  List<Entry> expire(Cursor upTo) {
    List<Entry> entries = between(at(expired), upTo);
    expired = Math.max(expired, dropped) + entries.size();
    return entries;
  }

  /** The place from which reading on begins: the oldest there is, for one that is lost. */
  private long firstPlace(Cursor cursor) {
    return Math.max(dropped, isKnown(cursor) ? Math.min(cursor.sequence(), last()) : 0);
  }

  private boolean isLost(Cursor cursor) {
    return !isKnown(cursor) || cursor.sequence() < dropped;
  }

  /** Whether the cursor is of this life of the log, and not from a future that it lost. */
  private boolean isKnown(Cursor cursor) {
    boolean anyLife = cursor.equals(Cursor.START) || cursor.equals(Cursor.END);
    return anyLife || (cursor.epoch() == epoch && cursor.sequence() <= last());
  }

  /** The entries behind place {@code from} up to and with place {@code to}. */
  private List<Entry> slice(long from, long to) {
    return list.subList(index(from + 1), index(to + 1));
  }

  private int index(long place) {
    return (int) (place - 1 - dropped) + start;
  }

  private long last() {
    return dropped + list.size() - start;
  }

  private Cursor at(long sequence) {
    return new Cursor(epoch, sequence);
  }
}
