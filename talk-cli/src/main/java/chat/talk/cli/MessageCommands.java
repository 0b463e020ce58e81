package chat.talk.cli;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.cli.RoomCommand.Concern;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** What can be done about messages of the chat that the user is at. */
final class MessageCommands {
  private static final int PAGE = 20;
  private static final int MOST = 1_000;

  private final Seat seat;
  private final Speech speech;

  MessageCommands(Seat seat, Speech speech) {
    this.seat = seat;
    this.speech = speech;
  }

  List<RoomCommand> all() {
    return List.of(
        new RoomCommand(
            ":comment", "MESSAGE TEXT", "comment on a message: #12, or last", this::comment),
        new RoomCommand(":comments", "MESSAGE", "list the comments on a message", this::comments)
            .concerning(Concern.NONE),
        new RoomCommand(
                ":history",
                "[COUNT] [MESSAGE]",
                "show what was said, up to a message",
                this::history)
            .concerning(Concern.NONE),
        new RoomCommand(":edit", "MESSAGE TEXT", "change a message of yours", this::edit),
        new RoomCommand(":erase", "MESSAGE", "erase a message of yours", this::erase),
        new RoomCommand(
            ":report", "MESSAGE REASON", "report a message that breaks the rules", this::report),
        new RoomCommand(
            ":read", "[all]", "take all in this chat, or in all chats, as read", this::read));
  }

  private void comment(Arguments arguments) {
    MessageKey message = seat.message(arguments, any -> true);
    Draft draft = Draft.of(seat.rooms().recipient(), arguments.text("a text"));
    speech.say(":comment", draft.about(message));
  }

  /** People see it when it comes in. */
  private void answerWithEntry(String command, Entry entry) {
    if (seat.console().isScripted()) {
      seat.screen().awaitShown(entry);
    }
    if (seat.console().isForPrograms()) {
      seat.answer(command, "", entry);
    }
  }

  private void comments(Arguments arguments) {
    MessageKey message = seat.message(arguments, any -> true);
    arguments.end();
    Page page = Seat.finish(seat.me().comments(message));
    seat.entries(":comments", "no comments", page.entries());
  }

  private void history(Arguments arguments) {
    ChatId chat = seat.rooms().current();
    int count = arguments.next().map(MessageCommands::count).orElse(PAGE);
    Cursor before =
        arguments.next().map(word -> seat.seen().cursor(chat, seat.known(word))).orElse(Cursor.END);
    arguments.end();
    Page page = Seat.finish(seat.me().readBefore(chat, before, count));
    seat.entries(":history", "nothing was said here yet", page.entries());
  }

  private static int count(String word) {
    int count = word.matches("\\d{1,4}") ? Integer.parseInt(word) : 0;
    if (count < 1 || count > MOST) {
      throw Arguments.invalid("a count is 1 to " + MOST + ", but was " + word);
    }
    return count;
  }

  private void edit(Arguments arguments) {
    MessageKey message = own(arguments);
    String text = arguments.text("a text");
    CompletableFuture<Entry> edited = seat.me().edit(message.id(), text);
    seat.whenAnswered(":edit", text, edited, entry -> answerWithEntry(":edit", entry));
  }

  private void erase(Arguments arguments) {
    MessageKey message = own(arguments);
    arguments.end();
    CompletableFuture<Entry> erased = seat.me().erase(message.id());
    seat.whenAnswered(":erase", "", erased, entry -> answerWithEntry(":erase", entry));
  }

  private MessageKey own(Arguments arguments) {
    MessageKey message = seat.message(arguments, seat::isMine);
    if (!seat.isMine(message)) {
      throw Arguments.invalid("that is a message of " + message.author() + ", not of yours");
    }
    return message;
  }

  private void report(Arguments arguments) {
    MessageKey message = seat.message(arguments, one -> !seat.isMine(one));
    String reason = arguments.text("a reason");
    Seat.finish(seat.me().report(message, reason));
    seat.done(":report", "you have reported " + which(message));
  }

  private String which(MessageKey message) {
    OptionalLong place = seat.seen().placeOf(seat.rooms().current(), message);
    String number = place.isPresent() ? "message #" + place.getAsLong() + " of " : "";
    return number + seat.paint(message.author());
  }

  private void read(Arguments arguments) {
    boolean all = arguments.next().map(MessageCommands::isAll).orElse(false);
    arguments.end();
    seat.chats().stream()
        .filter(chat -> all || seat.rooms().isCurrent(chat.id()))
        .forEach(chat -> Seat.finish(seat.me().markRead(chat.id(), chat.head())));
    seat.done(":read", all ? "all is read" : "all in this chat is read");
  }

  private static boolean isAll(String word) {
    if (!word.equals("all")) {
      throw Arguments.invalid(":read takes nothing or all behind it, but there was " + word);
    }
    return true;
  }
}
