package chat.talk;

import chat.talk.internal.Failures;
import chat.talk.internal.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Logs in lists. Guarded by this. */
final class InMemoryStorage implements Storage {
  private final long maxWeight;

  /** Each log has an epoch of its own, for a chat may come back after its log was forgotten. */
  private long nextEpoch = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE / 2);

  private final Map<ChatId, Log> logs = new HashMap<>();
  private final Map<Identity, Entry> entries = new HashMap<>();

  /** The log of each entry in the order of all appends: whose oldest goes first. */
  private final Deque<Log> ages = new ArrayDeque<>();

  private long weight;
  private boolean closed;

  InMemoryStorage(long maxWeight) {
    if (maxWeight < 1) {
      throw Failures.invalid("a storage has room for at least 1, but was %d", maxWeight);
    }
    this.maxWeight = maxWeight;
  }

  @Override
  public synchronized List<Entry> append(List<? extends Event> group) {
    requireOpen();
    List<Event> events = List.copyOf(group);
    List<Entry> result = events.stream().map(this::append).toList();
    while (weight > maxWeight && ages.size() > 1) {
      dropOldest();
    }
    return result;
  }

  private Entry append(Event event) {
    return entries.computeIfAbsent(
        new Identity(event.author(), event.id()),
        identity -> {
          Log log = logs.computeIfAbsent(event.chat(), Log::new);
          Entry entry = log.add(event);
          weight += Text.weight(event);
          ages.add(log);
          return entry;
        });
  }

  private void dropOldest() {
    Log log = ages.remove();
    Event event = log.removeFirst().event();
    entries.remove(new Identity(event.author(), event.id()));
    weight -= Text.weight(event);
    if (log.isReadAndEmpty()) {
      logs.remove(log.chat);
    }
  }

  @Override
  public synchronized Optional<Entry> get(UserName author, MessageId id) {
    requireOpen();
    return Optional.ofNullable(entries.get(new Identity(author, id)));
  }

  @Override
  public synchronized Page readAfter(ChatId chat, Cursor cursor, int limit) {
    requireOpen();
    requirePositive(limit);
    Log log = logs.get(chat);
    return log == null ? empty(cursor) : log.after(cursor, limit);
  }

  @Override
  public synchronized Page readBefore(ChatId chat, Cursor cursor, int limit) {
    requireOpen();
    requirePositive(limit);
    Log log = logs.get(chat);
    return log == null ? empty(cursor) : log.before(cursor, limit);
  }

  @Override
  public synchronized Cursor head(ChatId chat) {
    requireOpen();
    Log log = logs.get(chat);
    return log == null ? Cursor.START : log.head();
  }

  @Override
  public synchronized Set<ChatId> chats() {
    requireOpen();
    return logs.values().stream()
        .filter(log -> log.last() > 0)
        .map(log -> log.chat)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public synchronized Cursor position(UserName reader, ChatId chat) {
    requireOpen();
    Log log = logs.get(chat);
    return log == null ? Cursor.START : log.positions.getOrDefault(reader, Cursor.START);
  }

  @Override
  public synchronized void savePosition(UserName reader, ChatId chat, Cursor position) {
    requireOpen();
    Objects.requireNonNull(position, "position");
    logs.computeIfAbsent(chat, Log::new).positions.put(reader, position);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  /** What is read of a chat that has no log, or whose log was forgotten when all had read it. */
  private static Page empty(Cursor cursor) {
    boolean isLost = !cursor.equals(Cursor.START) && !cursor.equals(Cursor.END);
    return new Page(List.of(), Cursor.START, true, isLost);
  }

  private void requireOpen() {
    if (closed) {
      throw Failures.closed("the storage");
    }
  }

  private static void requirePositive(int limit) {
    if (limit < 1) {
      throw Failures.invalid("a limit is at least 1, but was %d", limit);
    }
  }

  private record Identity(UserName author, MessageId id) {}

  /** One chat's entries; those before {@code start} in the list have been dropped. */
  private final class Log {
    private final ChatId chat;
    private final long epoch = nextEpoch++;
    private final Map<UserName, Cursor> positions = new HashMap<>();
    private final List<Entry> list = new ArrayList<>();
    private int start;
    private long dropped;

    Log(ChatId chat) {
      this.chat = chat;
    }

    Entry add(Event event) {
      Entry entry = new Entry(at(last() + 1), event);
      list.add(entry);
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
      return first;
    }

    /** Whether nothing is left, and nobody who reads here has missed anything. */
    boolean isReadAndEmpty() {
      return start == list.size()
          && !positions.isEmpty()
          && positions.values().stream().allMatch(head()::equals);
    }

    Cursor head() {
      return at(last());
    }

    Page after(Cursor cursor, int limit) {
      boolean unknown = !isKnown(cursor);
      long read = unknown ? 0 : Math.min(cursor.sequence(), last());
      long from = Math.max(read, dropped);
      long to = Math.min(last(), from + limit);
      return new Page(slice(from, to), at(to), to == last(), unknown || read < dropped);
    }

    Page before(Cursor cursor, int limit) {
      long to = isKnown(cursor) ? Math.min(cursor.sequence(), last()) : -1;
      if (to <= dropped) {
        return new Page(List.of(), at(Math.max(to, 0)), true, to != dropped && to != 0);
      }
      long from = Math.max(dropped, to - limit);
      return new Page(slice(from, to), at(from), from == dropped, false);
    }

    /** Whether the cursor is of this life of the log, and not from a future that it lost. */
    private boolean isKnown(Cursor cursor) {
      boolean anyLife = cursor.equals(Cursor.START) || cursor.equals(Cursor.END);
      return anyLife || (cursor.epoch() == epoch && cursor.sequence() <= last());
    }

    /** The entries behind place {@code from} up to and with place {@code to}. */
    private List<Entry> slice(long from, long to) {
      long shift = start - dropped;
      return list.subList((int) (from + shift), (int) (to + shift));
    }

    private long last() {
      return dropped + list.size() - start;
    }

    private Cursor at(long sequence) {
      return new Cursor(epoch, sequence);
    }
  }
}
