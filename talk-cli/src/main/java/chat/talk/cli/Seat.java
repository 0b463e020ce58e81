package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.room.Chat;
import chat.talk.room.HubClient;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What the commands of a hub's terminal share. */
record Seat(
    HubClient me,
    Arrival arrival,
    Console console,
    Rooms rooms,
    Seen seen,
    RoomScreen screen,
    EntryLines lines,
    Unsent unsent,
    ZoneId zone) {
  private static final int LATEST = 1_000;
  private static final long PATIENCE_SECONDS = 3;

  /** Shows what came of a command: to people a text, to programs the hub's answer. */
  void answer(String command, String text, Object value) {
    console.show(text, () -> Json.answer(command, value));
  }

  /** Shows that a command has been obeyed. */
  void done(String command, String text) {
    answer(command, text, true);
  }

  /** Shows entries that were asked for. */
  void entries(String command, String empty, List<Entry> entries) {
    entries.forEach(seen::add);
    String text =
        entries.isEmpty() ? empty : String.join("\n", entries.stream().map(lines::full).toList());
    answer(command, text, entries);
  }

  /** The answer; the failure is a {@link ChatException}. */
  static <T> T finish(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (RuntimeException e) {
      throw ChatException.of(e);
    }
  }

  /**
   * Does something with an answer that the outbox waits for, however long it takes. A script waits,
   * too; a person goes on when the hub isn't there.
   *
   * @param text what a person would have to type again
   */
  <T> void whenAnswered(
      String command, String text, CompletableFuture<T> answer, Consumer<T> done) {
    if (console.isScripted() || comesSoon(answer)) {
      done.accept(finish(answer));
      return;
    }
    console.say(console.dim("the hub gets it when it answers again"));
    answer.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            done.accept(value);
          } else if (ChatException.of(failure).code() != ChatException.Code.CLOSED) {
            refused(command, command + ": ", ChatException.of(failure), text);
          }
        });
  }

  private boolean comesSoon(CompletableFuture<?> answer) {
    long seconds = me.state() == ChatClient.State.CONNECTED ? PATIENCE_SECONDS : 0;
    try {
      answer.get(seconds, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Shows why something failed. */
  void fail(String command, String what, ChatException why) {
    console.fail(what + reason(command, why), () -> Json.error(command, why));
  }

  /** Shows why something was refused that was said, so that it can be said again. */
  void refused(String command, String what, ChatException why, String text) {
    String said = text.isBlank() ? "" : "; it was: " + Printable.brief(text);
    console.fail(what + reason(command, why) + said, () -> Json.error(command, why));
  }

  private String reason(String command, ChatException why) {
    if (why.code() == ChatException.Code.TIMED_OUT) {
      return "the hub has not answered " + command + "; try again later";
    }
    String reason = Printable.reason(why);
    String until =
        When.isIn(reason) ? "" : why.retryAt().map(at -> " (until " + moment(at) + ")").orElse("");
    return rooms.withLabels(When.readable(reason, now(), zone)) + until;
  }

  List<Chat> chats() {
    List<Chat> chats = finish(me.chats());
    rooms.learn(chats);
    return chats;
  }

  /** The chat that the rest of a line names; none is the one that the user is at. */
  ChatId chat(Arguments arguments) {
    return arguments.rest().map(this::chat).orElseGet(rooms::current);
  }

  private ChatId chat(String name) {
    return rooms
        .search(name)
        .orElseGet(
            () -> {
              chats();
              return rooms.find(name);
            });
  }

  MessageKey message(Arguments arguments, Predicate<MessageKey> lastOf) {
    return seen.find(rooms.current(), known(arguments.word("a message's number")), lastOf);
  }

  /** A message that wasn't shown may be one of the latest all the same. */
  String known(String word) {
    ChatId chat = rooms.current();
    if (!seen.has(chat, word)) {
      finish(me.readBefore(chat, Cursor.END, LATEST)).entries().forEach(seen::add);
    }
    return word;
  }

  boolean isMine(MessageKey message) {
    return message.author().equals(rooms.me());
  }

  Instant now() {
    return Instant.now();
  }

  String moment(Instant time) {
    return When.moment(time, now(), zone);
  }

  String paint(UserName user) {
    return console.paint(user);
  }

  String label(ChatId chat) {
    return rooms.label(chat);
  }
}
