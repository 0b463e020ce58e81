package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.cli.RoomCommand.Concern;
import chat.talk.room.Attachment;
import chat.talk.room.ByteSource;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** Files that messages carry. A person goes on chatting meanwhile, a script waits. */
final class FileCommands {
  private static final String SEND = ":send-file";
  private static final String GET = ":get-file";

  private final Seat seat;

  FileCommands(Seat seat) {
    this.seat = seat;
  }

  List<RoomCommand> all() {
    return List.of(
        new RoomCommand(SEND, "FILE [TEXT]", "send a file, and what to say about it", this::send),
        new RoomCommand(
                GET, "MESSAGE [FILE]", "save the file of a message, here or as FILE", this::get)
            .concerning(Concern.NONE));
  }

  private void send(Arguments arguments) {
    Path file = typed(arguments.quoted("a file"));
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new ChatException(Code.NOT_FOUND, "there is no file to be read at " + file);
    }
    Draft draft = Draft.of(seat.rooms().recipient(), arguments.rest().orElse(""));
    String name = String.valueOf(file.getFileName());
    String guess = URLConnection.guessContentTypeFromName(name);
    String type = guess == null ? Attachment.UNKNOWN_TYPE : guess;
    Bar bar = new Bar(seat.console(), "sending " + Printable.line(name));
    end(
        SEND,
        Printable.line(name) + " not sent to " + seat.rooms().label(draft.to()),
        bar,
        seat.me().sendFile(draft, name, type, ByteSource.of(file), bar),
        sent -> shown(sent));
  }

  private void shown(Entry sent) {
    if (seat.console().isScripted()) {
      seat.screen().awaitShown(sent);
    }
    if (seat.console().isForPrograms()) {
      seat.answer(SEND, "", sent);
    }
  }

  private void get(Arguments arguments) {
    MessageKey message = seat.message(arguments, any -> true);
    Attachment attachment = Attachment.of(Seat.finish(seat.me().find(message)));
    Path target = target(attachment, message, arguments.rest().orElse(""));
    Bar bar = new Bar(seat.console(), "saving " + Printable.line(target.toString()));
    end(
        GET,
        Printable.line(target.toString()) + " not saved",
        bar,
        seat.me().download(message, target, bar),
        saved -> seat.answer(GET, "saved " + Printable.line(target.toString()), saved));
  }

  /** What others call a file decides about a name in this folder at most, and replaces none. */
  private static Path target(Attachment attachment, MessageKey message, String given) {
    String name = attachment.isBody() ? message.id() + ".txt" : attachment.name();
    Path own = path(name.startsWith(".") ? "_" + name.substring(1) : name);
    Path wanted = given.isEmpty() ? own : typed(unquoted(given));
    Path target = Files.isDirectory(wanted) ? wanted.resolve(own) : wanted;
    if (Files.exists(target)) {
      throw new ChatException(
          Code.CONFLICT, "there is a file " + target + " already (" + GET + " MESSAGE FILE)");
    }
    return target;
  }

  /** It stands last, so spaces need no quotes. */
  private static String unquoted(String given) {
    QuotedWord first = QuotedWord.first(given);
    return first.behind().isEmpty() ? first.word() : given;
  }

  /** As a shell has it, a tilde is the user's home. */
  private static Path typed(String name) {
    return typed(name, System.getProperty("user.home"));
  }

  static Path typed(String name, String userHome) {
    boolean isAtHome = name.equals("~") || name.startsWith("~/");
    return path(isAtHome ? userHome + name.substring(1) : name);
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw Arguments.invalid("this is no file's name here: " + Printable.line(name));
    }
  }

  private interface Done<T> {
    void accept(T value);
  }

  private <T> void end(
      String command, String what, Bar bar, CompletableFuture<T> transfer, Done<T> done) {
    if (seat.console().isScripted()) {
      done.accept(Seat.finish(transfer));
    } else {
      transfer.whenComplete((value, failure) -> end(command, what, bar, value, failure, done));
    }
  }

  private <T> void end(
      String command,
      String what,
      Bar bar,
      @Nullable T value,
      @Nullable Throwable failure,
      Done<T> done) {
    bar.end();
    if (failure == null) {
      done.accept(value);
    } else {
      seat.fail(command, what + ": ", ChatException.of(failure));
    }
  }
}
