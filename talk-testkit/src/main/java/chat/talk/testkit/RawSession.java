package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.room.Chunk;
import chat.talk.room.Command;
import chat.talk.room.Feed;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/** A session without the client around it: it polls when the test says so, and never comes back. */
final class RawSession implements Session.Listener {
  private static final int MAX_POLL = 64;

  final CompletableFuture<ChatException> end = new CompletableFuture<>();
  final List<Notice> notices = new ArrayList<>();
  final List<Entry> entries = new ArrayList<>();
  Session session;

  /** How often there was something to poll again; before the first poll there may be. */
  private final Semaphore told = new Semaphore(1);

  static RawSession connect(Hub hub, Login login) {
    return connect(hub, login, Map.of());
  }

  static RawSession connect(Hub hub, Login login, Map<ChatId, Cursor> resume) {
    RawSession raw = new RawSession();
    raw.session = Await.result(hub.connect(login, resume, raw));
    return raw;
  }

  @Override
  public void onReady() {
    told.release();
  }

  @Override
  public void onEnd(ChatException why) {
    if (!end.complete(why)) {
      throw new IllegalStateException("ended twice: " + why);
    }
  }

  <R> CompletableFuture<R> call(Command<R> command) {
    return session.call(command);
  }

  Code endCode() {
    return Await.result(end).code();
  }

  void take(Feed feed) {
    notices.addAll(feed.notices());
    feed.chunks().stream().map(Chunk::entries).forEach(entries::addAll);
  }

  void pollUntil(String what, BooleanSupplier condition) {
    Await.until(
        what,
        () -> {
          take(session.poll(MAX_POLL));
          return condition.getAsBoolean();
        });
  }

  /** Polls until so many messages have come, and gives what all of them say. */
  List<String> awaitTexts(int count) {
    pollUntil(count + " messages", () -> texts().size() >= count);
    return texts();
  }

  /** Polls only when told to, and as long as there is more, until so many messages have come. */
  List<String> awaitTextsWhenTold(int count) {
    while (texts().size() < count) {
      Await.until("it is told that there is something", told::tryAcquire);
      boolean hasMore = true;
      while (hasMore) {
        Feed feed = session.poll(1);
        take(feed);
        hasMore = feed.hasMore();
      }
    }
    return texts();
  }

  List<String> texts() {
    return entries.stream()
        .map(Entry::event)
        .filter(ChatMessage.class::isInstance)
        .map(event -> ((ChatMessage) event).text())
        .toList();
  }
}
