package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.Notice;
import chat.talk.http.HubJson;
import chat.talk.room.Chat;
import chat.talk.room.HubClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Shows what happens in a user's chats. */
final class RoomScreen implements ChatMessageListener {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Console console;
  private final Rooms rooms;
  private final Seen seen;
  private final EntryLines lines;
  private final Unsent unsent;
  private final Planned planned = new Planned();
  private final NoticeLines notices;
  private final BiConsumer<ChatClient, Notice.StateChanged> onEnd;
  private final Absence absence = new Absence();
  private final ReadMarks marks = new ReadMarks();

  /** How far each chat was shown; guarded by this, as what follows. */
  private final Map<ChatId, Cursor> shown = new HashMap<>();

  /** What the user goes into himself: he is told so by what he has entered. */
  private final Set<ChatId> entering = ConcurrentHashMap.newKeySet();

  private boolean wasConnected;

  /**
   * A screen that shows nothing yet.
   *
   * @param onEnd told which client is closed, by whomever
   */
  RoomScreen(
      Console console,
      Rooms rooms,
      Seen seen,
      EntryLines lines,
      Unsent unsent,
      BiConsumer<ChatClient, Notice.StateChanged> onEnd) {
    this.console = console;
    this.rooms = rooms;
    this.seen = seen;
    this.lines = lines;
    this.unsent = unsent;
    this.notices = new NoticeLines(console, rooms, unsent, planned);
    this.onEnd = onEnd;
  }

  @Override
  public void onMessage(ChatClient me, ChatMessage message) {
    // All entries are shown by onEntry.
  }

  @Override
  public void onEntry(ChatClient me, Entry entry) {
    Event event = entry.event();
    learn((HubClient) me, event);
    seen.add(entry);
    console.suggest(event.author());
    boolean isHere = console.isScripted() || rooms.isCurrent(event.chat());
    console.show(isHere ? lines.full(entry) : lines.brief(entry), () -> HubJson.entry(entry));
    if (rooms.isCurrent(event.chat())) {
      marks.mark((HubClient) me, event.chat(), entry.cursor());
    }
    noteShown(entry);
  }

  ReadMarks marks() {
    return marks;
  }

  /** To be told what is sent later. */
  Planned planned() {
    return planned;
  }

  private void learn(HubClient me, Event event) {
    if (event instanceof Event.Created created) {
      rooms.learn(event.chat(), created.title());
    } else if (event instanceof Event.Renamed renamed) {
      rooms.learn(event.chat(), renamed.title());
    } else if (!rooms.knows(event.chat())) {
      askForChats(me);
    } else if (rooms.isDirect(event.chat())) {
      rooms.learn(event.chat(), "");
    }
  }

  /** A listener may wait, and a line without its chat's name would help nobody. */
  private void askForChats(HubClient me) {
    answer(me.chats()).ifPresent(rooms::learn);
  }

  /** What there is in time; lines can do without. */
  private static <T> Optional<T> answer(CompletableFuture<T> answer) {
    try {
      return Optional.of(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private synchronized void noteShown(Entry entry) {
    shown.put(entry.event().chat(), entry.cursor());
    notifyAll();
  }

  /** Waits a while until an entry was shown. */
  synchronized void awaitShown(Entry entry) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!isShown(entry)) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          return;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isShown(Entry entry) {
    Cursor at = shown.get(entry.event().chat());
    return at != null
        && at.epoch() == entry.cursor().epoch()
        && at.sequence() >= entry.cursor().sequence();
  }

  @Override
  public void onNotice(ChatClient me, Notice notice) {
    if (notice instanceof Notice.StateChanged change) {
      stateChanged(me, change);
      return;
    }
    if (notice instanceof Notice.GoingAway) {
      absence.announced();
    }
    if (notice instanceof Notice.Entered entered) {
      askForChats((HubClient) me);
      if (rooms.isCurrent(entered.chat())) {
        console.talkTo(rooms.label(entered.chat()));
      }
    }
    if (notice instanceof Notice.Left left) {
      putOut(left);
    } else {
      show(notice, line(notice));
    }
  }

  /** The user goes into a chat himself, if it works. */
  Chat entering(ChatId chat, Supplier<Chat> way) {
    entering.add(chat);
    try {
      return way.get();
    } catch (ChatException e) {
      entering.remove(chat);
      throw e;
    }
  }

  private Optional<String> line(Notice notice) {
    if (notice instanceof Notice.Entered entered && entering.remove(entered.chat())) {
      return Optional.empty();
    }
    return notices.of(notice);
  }

  /**
   * The user is in a chat no more, whoever wanted it. Where he is just there he stays: what he is
   * typing was meant for those in there, and must not go to others.
   */
  private void putOut(Notice.Left left) {
    if (rooms.isCurrent(left.chat())) {
      console.talkTo(rooms.label(left.chat()) + " (you are out)");
      show(left, notices.of(left));
    } else {
      show(left, notices.of(left));
      rooms.forget(left.chat());
    }
  }

  /** The user has gone out of a chat himself. */
  void left(ChatId chat) {
    rooms.forget(chat);
    if (rooms.isCurrent(chat)) {
      rooms.go(Rooms.GENERAL);
      console.talkTo(rooms.label(Rooms.GENERAL));
    }
  }

  private void show(Notice notice, Optional<String> line) {
    if (line.isPresent() || console.isForPrograms()) {
      console.show(line.orElse(""), () -> HubJson.notice(notice));
    }
  }

  private void stateChanged(ChatClient me, Notice.StateChanged change) {
    switch (change.state()) {
      case CONNECTED -> connected(change);
      case DISCONNECTED -> disconnected(change);
      case CLOSED -> onEnd.accept(me, change);
    }
  }

  private void disconnected(Notice.StateChanged change) {
    console.fail(absence.reason(change), () -> HubJson.notice(change));
    unsent.away();
  }

  /** The first time goes without saying. */
  private void connected(Notice.StateChanged change) {
    if (wasConnected) {
      console.show("the hub answers again", () -> HubJson.notice(change));
    }
    wasConnected = true;
    absence.over();
    unsent.back();
  }
}
