package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.Notice;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.room.Chunk;
import chat.talk.room.Command;
import chat.talk.room.Fact;
import chat.talk.room.Feed;
import chat.talk.room.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A connection to a {@link ReferenceHub}: a place in each chat. */
final class ReferenceSession implements Session {
  /** More than is ever hidden from a reader. */
  private static final int PAGE = 100;

  private final ReferenceHub hub;
  private final Fact.Machine machine;
  private final Listener listener;
  private final Map<ChatId, Cursor> places;
  private final List<Notice> notices = new ArrayList<>();
  private boolean tells = true;
  private boolean over;

  ReferenceSession(
      ReferenceHub hub, Fact.Machine machine, Map<ChatId, Cursor> resume, Listener listener) {
    this.hub = hub;
    this.machine = machine;
    this.listener = listener;
    this.places = new HashMap<>(resume);
  }

  @Override
  public UserName user() {
    return machine.user();
  }

  @Override
  public String device() {
    return machine.id();
  }

  @Override
  public <R> CompletableFuture<R> call(Command<R> command) {
    if (over) {
      return CompletableFuture.failedFuture(
          new ChatException(Code.UNREACHABLE, "the session has ended"));
    }
    try {
      return CompletableFuture.completedFuture(hub.execute(this, command));
    } catch (ChatException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  void tell(UserName user, Notice notice) {
    if (user.equals(user())) {
      notices.add(notice);
      wake();
    }
  }

  void wake() {
    if (tells && !over) {
      tells = false;
      if (!hub.planted.strikes(Planted.NO_WAKE)) {
        listener.onReady();
      }
    }
  }

  void end(ChatException why) {
    over = true;
    listener.onEnd(why);
  }

  @Override
  public void close() {
    over = true;
    hub.gone(this);
  }

  @Override
  public Feed poll(int maxEntries) {
    if (over) {
      return Feed.EMPTY;
    }
    List<Chunk> chunks = new ArrayList<>();
    hub.members.forEach(
        (chat, all) -> {
          Fact.Member member = all.get(user());
          boolean leaks = hub.planted == Planted.LEAK;
          if (member != null && (leaks || ReferenceHub.isIn(member)) && chunks.size() < 4) {
            read(chat, member, maxEntries, chunks);
          }
        });
    Feed feed = new Feed(chunks, notices);
    notices.clear();
    tells = feed.isEmpty();
    return feed;
  }

  private void read(ChatId chat, Fact.Member member, int max, List<Chunk> chunks) {
    Cursor place = places.computeIfAbsent(chat, any -> start(chat, member));
    Page page = hub.storage.readAfter(chat, place, Math.max(max, PAGE));
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : page.entries()) {
      if (hub.planted == Planted.LEAK || isVisible(member, entry.cursor())) {
        entries.add(entry);
      }
    }
    if (page.lost()) {
      notices.add(new Notice.Lost(chat, place));
    }
    if (page.lost() || !entries.isEmpty()) {
      spoil(chat, entries);
      chunks.add(new Chunk(chat, place, entries, page.next()));
      places.put(chat, page.next());
    }
  }

  private void spoil(ChatId chat, List<Entry> entries) {
    if (!entries.isEmpty() && hub.planted.strikes(Planted.SKIP_ENTRY)) {
      entries.remove(0);
    }
    if (!entries.isEmpty() && hub.planted.strikes(Planted.DOUBLE_ENTRY)) {
      entries.add(entries.get(0));
    }
    if (entries.size() > 1 && hub.planted.strikes(Planted.SWAP_ENTRIES)) {
      Collections.swap(entries, 0, 1);
    }
    if (!entries.isEmpty() && hub.planted.strikes(Planted.SHOW_UNCOMMITTED)) {
      Cursor last = entries.get(entries.size() - 1).cursor();
      Cursor next = new Cursor(last.epoch(), last.sequence() + 1);
      MessageId id = MessageId.of("never-stored");
      entries.add(
          new Entry(next, new ChatMessage(chat, id, user(), "never stored", ReferenceHub.TIME)));
    }
  }

  private static boolean isVisible(Fact.Member member, Cursor cursor) {
    for (Fact.Range range : member.ranges()) {
      if (cursor.sequence() > range.after().sequence()
          && (range.upTo() == null || cursor.sequence() <= range.upTo().sequence())) {
        return true;
      }
    }
    return false;
  }

  private Cursor start(ChatId chat, Fact.Member member) {
    if (hub.planted.strikes(Planted.LOSE_PLACE)) {
      return hub.storage.head(chat);
    }
    Cursor delivered = hub.delivered(device(), chat);
    return delivered == null || delivered.sequence() > member.read().sequence()
        ? member.read()
        : delivered;
  }
}
