package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.Notice;
import chat.talk.room.HubClient;
import chat.talk.room.Outbox;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** One run of a terminal, over any hub. */
final class RoomSession {
  private static final long READ_MARKS_SECONDS = 2;

  private final Arrival arrival;
  private final RoomScreen screen;
  private final Console console;
  private final Rooms rooms;
  private final Seen seen = new Seen();
  private final EntryLines lines;
  private final Unsent unsent;
  private final Runnable onEnd;
  private final AtomicBoolean isLeaving = new AtomicBoolean();

  /** Of each client, also of one that could not even start, which says so itself. */
  private final Map<ChatClient, CompletableFuture<Notice.StateChanged>> ends =
      new ConcurrentHashMap<>();

  /**
   * A session that has not begun; to be made before the client, which asks for what was left.
   *
   * @param arrival how the client comes in
   * @param outbox the client's
   * @param onEnd called when the hub doesn't want this device any more
   */
  RoomSession(Arrival arrival, Console console, Outbox outbox, Runnable onEnd) {
    this.arrival = arrival;
    this.console = console;
    this.onEnd = onEnd;
    rooms = new Rooms(arrival.devices().user());
    lines = new EntryLines(console, rooms, seen, ZoneId.systemDefault());
    unsent = new Unsent(console, lines, outbox);
    screen =
        new RoomScreen(
            console, rooms, seen, lines, unsent, (me, closed) -> end(me).complete(closed));
  }

  /** Completes when the client is closed, by whomever. */
  private CompletableFuture<Notice.StateChanged> end(ChatClient client) {
    return ends.computeIfAbsent(client, one -> new CompletableFuture<>());
  }

  /** Shows what happens; the client's listener. */
  RoomScreen screen() {
    return screen;
  }

  /**
   * Reads lines until the user leaves.
   *
   * @return the program's exit code: a person has seen what failed, a script wants to be told
   */
  int run(HubClient me) {
    end(me).thenAccept(this::ended);
    if (!console.isScripted()) {
      console.say("You are " + console.paint(me.name()) + ". :help tells what you can do.");
    }
    unsent.begin();
    Seat seat =
        new Seat(me, arrival, console, rooms, seen, screen, lines, unsent, ZoneId.systemDefault());
    int failures = new RoomTerminal(seat).run();
    boolean failed = (failures > 0 && console.isScripted()) || console.isLost();
    unsent.leave();
    leave();
    return failed ? ExitCode.FAILED : ExitCode.OK;
  }

  /** What was read is told before the client closes. */
  void leave() {
    isLeaving.set(true);
    try {
      screen.marks().told().get(READ_MARKS_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // It stays unread then.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ended(Notice.StateChanged closed) {
    if (!isLeaving.get()) {
      console.fail(Absence.end(closed));
      onEnd.run();
    }
  }
}
