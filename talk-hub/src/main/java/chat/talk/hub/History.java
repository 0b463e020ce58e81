package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.room.Command;
import chat.talk.room.Fact.Range;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/** Reading pages, of what the reader may see. */
final class History {
  private final State state;
  private final Fetcher fetcher;
  private final Source storage;
  private final Store store;

  History(State state, Fetcher fetcher, Store store) {
    this.state = state;
    this.fetcher = fetcher;
    this.store = store;
    this.storage = new Stored(store);
  }

  void join(Desk desk) {
    desk.on(Command.ReadAfter.class, this::readAfter);
    desk.on(Command.ReadBefore.class, this::readBefore);
    desk.on(Command.Comments.class, (list, me) -> List.of(list.message()), this::readComments);
  }

  /** Asks the storage beside the loop; what is asked was allowed when it was decided. */
  <R> Reply<R> read(Supplier<R> question) {
    return answer ->
        fetcher
            .read(question)
            .whenComplete(
                (value, failure) -> {
                  if (failure == null) {
                    answer.complete(value);
                  } else {
                    answer.completeExceptionally(ChatException.of(failure));
                  }
                });
  }

  private Reply<Page> readAfter(Command.ReadAfter read, Turn turn) {
    int limit = Checks.limit(read.limit());
    Membership membership = state.membership(read.chat(), turn.me());
    List<Range> ranges = membership.rangesSoFar();
    boolean known = isKnown(read.after(), membership);
    Cursor from = known ? read.after() : Cursor.START;
    return page(membership.room, source -> after(source, read.chat(), ranges, from, limit, !known));
  }

  /** Answers out of the tail what it holds all of, and asks the storage for the rest. */
  private Reply<Page> page(Room room, Function<Source, @Nullable Page> question) {
    return answer -> {
      Page known = question.apply(new InMemory(room.tail()));
      if (known == null) {
        read(() -> question.apply(storage)).give(answer);
      } else {
        answer.complete(known);
      }
    };
  }

  /** Where pages come from. */
  private interface Source {
    /** Null when it would have to be asked elsewhere. */
    @Nullable
    Page after(ChatId chat, Cursor cursor, int limit);

    /** Likewise. */
    @Nullable
    Page before(ChatId chat, Cursor cursor, int limit);
  }

  private record Stored(Store store) implements Source {
    @Override
    public Page after(ChatId chat, Cursor cursor, int limit) {
      return Weight.forwards(store.readAfter(chat, cursor, limit));
    }

    @Override
    public Page before(ChatId chat, Cursor cursor, int limit) {
      return Weight.backwards(store.readBefore(chat, cursor, limit));
    }
  }

  private record InMemory(Tail tail) implements Source {
    @Override
    public @Nullable Page after(ChatId chat, Cursor cursor, int limit) {
      Page page = tail.pageAfter(cursor, limit);
      return page == null ? null : Weight.forwards(page);
    }

    @Override
    public @Nullable Page before(ChatId chat, Cursor cursor, int limit) {
      Page page = tail.pageBefore(cursor, limit);
      return page == null ? null : Weight.backwards(page);
    }
  }

  private static @Nullable Page after(
      Source source, ChatId chat, List<Range> ranges, Cursor from, int limit, boolean lost) {
    Cursor at = from;
    boolean lostAny = lost;
    while (true) {
      Range range = Membership.behind(ranges, at.sequence());
      if (range == null) {
        return new Page(List.of(), at, true, lostAny);
      }
      Cursor start = range.after().sequence() > at.sequence() ? range.after() : at;
      Page page = source.after(chat, start, limit);
      if (page == null) {
        return null;
      }
      lostAny |= page.lost();
      Cursor upTo = Objects.requireNonNull(range.upTo(), "ranges so far are closed");
      boolean beyond = page.next().sequence() >= upTo.sequence();
      List<Entry> visible = visible(page, range, ranges);
      at = beyond ? upTo : page.next();
      boolean isLast = range.equals(ranges.get(ranges.size() - 1));
      boolean atEnd = isLast && (beyond || page.atEnd());
      if (atEnd || !visible.isEmpty()) {
        return new Page(visible, at, atEnd, lostAny);
      }
    }
  }

  private Reply<Page> readBefore(Command.ReadBefore read, Turn turn) {
    int limit = Checks.limit(read.limit());
    Membership membership = state.membership(read.chat(), turn.me());
    List<Range> ranges = membership.rangesSoFar();
    Cursor before = read.before();
    if (!before.equals(Cursor.END) && !isKnown(before, membership)) {
      return Reply.of(() -> new Page(List.of(), Cursor.START, true, true));
    }
    return page(membership.room, source -> before(source, read.chat(), ranges, before, limit));
  }

  private static @Nullable Page before(
      Source source, ChatId chat, List<Range> ranges, Cursor from, int limit) {
    Cursor at = from;
    while (true) {
      int index = lastBefore(ranges, at.sequence());
      if (index < 0) {
        return new Page(List.of(), at, true, false);
      }
      Range range = ranges.get(index);
      Cursor upTo = range.upTo();
      Cursor end = upTo != null && upTo.sequence() < at.sequence() ? upTo : at;
      Page page = source.before(chat, end, limit);
      if (page == null) {
        return null;
      }
      List<Entry> visible = visible(page, range, ranges);
      boolean rangeDone = page.atEnd() || page.next().sequence() <= range.after().sequence();
      at = rangeDone ? range.after() : page.next();
      boolean atEnd = rangeDone && index == 0;
      if (atEnd || !visible.isEmpty() || page.lost()) {
        return new Page(visible, at, atEnd || page.lost(), page.lost());
      }
    }
  }

  /** The last stretch in which something may lie before a place, -1 when there is none. */
  private static int lastBefore(List<Range> ranges, long sequence) {
    for (int i = ranges.size() - 1; i >= 0; i--) {
      if (ranges.get(i).after().sequence() < sequence) {
        return i;
      }
    }
    return -1;
  }

  private static List<Entry> visible(Page page, Range range, List<Range> ranges) {
    return page.entries().stream()
        .filter(isIn(range))
        .map(entry -> Membership.shown(entry, ranges))
        .toList();
  }

  private static Predicate<Entry> isIn(Range range) {
    long first = range.after().sequence();
    @Nullable Cursor upTo = range.upTo();
    long last = upTo == null ? Long.MAX_VALUE : upTo.sequence();
    return entry -> entry.cursor().sequence() > first && entry.cursor().sequence() <= last;
  }

  private static boolean isKnown(Cursor cursor, Membership membership) {
    return cursor.equals(Cursor.END) || Reader.isOfThisLife(cursor, membership.room.head());
  }

  private Reply<Page> readComments(Command.Comments list, Turn turn) {
    int limit = Checks.limit(list.limit());
    MessageKey key = list.message();
    if (turn.batch().appends(key)) {
      return Reply.later();
    }
    ChatId chat = turn.found(key).event().chat();
    List<Range> ranges = state.membership(chat, turn.me()).rangesSoFar();
    return read(() -> comments(key, ranges, list.after(), limit));
  }

  private Page comments(MessageKey key, List<Range> ranges, Cursor after, int limit) {
    Page page = Weight.forwards(store.comments(key, after, limit));
    List<Entry> visible =
        page.entries().stream()
            .filter(entry -> ranges.stream().anyMatch(range -> isIn(range).test(entry)))
            .toList();
    return new Page(visible, page.next(), page.atEnd(), page.lost());
  }
}
