package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.Notice;
import chat.talk.http.HubJson;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** Prints entries, of one chat or of all, until there were enough or the hub wants no more. */
final class TailScreen implements ChatMessageListener {
  private final Console console;
  private final Rooms rooms;
  private final Seen seen;
  private final EntryLines lines;
  private final @Nullable ChatId only;
  private final Absence absence = new Absence();
  private final CompletableFuture<Integer> end = new CompletableFuture<>();

  /** Negative for no end. Only used by the listener's calls. */
  private long left;

  /**
   * A screen that shows nothing yet.
   *
   * @param only the chat, null for all
   * @param count how many entries, null for no end
   */
  TailScreen(
      Console console,
      Rooms rooms,
      Seen seen,
      EntryLines lines,
      @Nullable ChatId only,
      @Nullable Integer count) {
    this.console = console;
    this.rooms = rooms;
    this.seen = seen;
    this.lines = lines;
    this.only = only;
    this.left = count == null ? -1 : count;
  }

  /** Waits for the end, and returns the exit code. */
  int awaitEnd() {
    return end.join();
  }

  @Override
  public void onMessage(ChatClient me, ChatMessage message) {
    // All entries are shown by onEntry.
  }

  @Override
  public void onEntry(ChatClient me, Entry entry) {
    Event event = entry.event();
    if ((only != null && !only.equals(event.chat())) || end.isDone()) {
      return;
    }
    learn(event);
    seen.add(entry);
    console.show(lines.full(entry), () -> HubJson.entry(entry));
    left--;
    if (left == 0 || console.isLost()) {
      end.complete(console.isLost() ? ExitCode.FAILED : ExitCode.OK);
    }
  }

  private void learn(Event event) {
    if (event instanceof Event.Created created) {
      rooms.learn(event.chat(), created.title());
    } else if (event instanceof Event.Renamed renamed) {
      rooms.learn(event.chat(), renamed.title());
    }
  }

  /** What concerns the connection goes where errors go. */
  @Override
  public void onNotice(ChatClient me, Notice notice) {
    if (notice instanceof Notice.StateChanged change) {
      stateChanged(change);
    } else if (notice instanceof Notice.Lost lost) {
      console.fail("some of " + rooms.label(lost.chat()) + " is lost");
    }
  }

  private void stateChanged(Notice.StateChanged change) {
    if (change.state() == ChatClient.State.DISCONNECTED) {
      console.fail(absence.reason(change));
    } else if (change.state() == ChatClient.State.CLOSED && !end.isDone()) {
      console.fail(Absence.end(change));
      end.complete(ExitCode.FAILED);
    }
  }
}
