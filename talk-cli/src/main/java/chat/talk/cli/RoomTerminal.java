package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.Draft;
import chat.talk.room.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the lines that a user of a hub enters do. Lines come from one thread. */
final class RoomTerminal {
  private static final String EXIT = ":exit";
  private static final String SAY = "say";

  private final Seat seat;
  private final Console console;
  private final Speech speech;
  private final ChatCommands chats;
  private final Map<String, RoomCommand> commands = new LinkedHashMap<>();
  private int failures;

  RoomTerminal(Seat seat) {
    this.seat = seat;
    this.console = seat.console();
    speech = new Speech(seat);
    WayInCommands waysIn = new WayInCommands(seat);
    chats = new ChatCommands(seat, waysIn);
    Stream.of(
            chats.all(),
            waysIn.all(),
            new MessageCommands(seat, speech).all(),
            new FileCommands(seat).all(),
            new LaterCommands(seat).all(),
            new AccountCommands(seat).all(),
            own())
        .flatMap(List::stream)
        .forEach(command -> commands.put(command.name(), command));
    console.replaceTyped();
    console.completeWith(this::complete);
    console.onNoSuggestion(this::suggestUsers);
  }

  private List<RoomCommand> own() {
    return List.of(
        new RoomCommand(":help", "[COMMAND]", "show this", RoomCommand.Wants.COMMAND, this::help),
        new RoomCommand(EXIT, "", "leave the program; so do Ctrl-C and Ctrl-D", this::exit));
  }

  /**
   * Reads lines until the user leaves.
   *
   * @return how many of them failed
   */
  int run() {
    attempt(":chats", chats::begin);
    suggestUsers();
    String line = console.readLine();
    while (line != null && !line.strip().equals(EXIT)) {
      accept(line);
      line = console.readLine();
    }
    return failures;
  }

  private void accept(String line) {
    if (line.startsWith("::")) {
      attempt(SAY, () -> say(line.substring(1)));
    } else if (line.startsWith(":")) {
      console.echo(line);
      String[] words = line.strip().split("\\s+", 2);
      attempt(words[0], () -> command(words[0], words.length > 1 ? words[1] : ""));
    } else if (!line.isBlank()) {
      attempt(SAY, () -> say(line));
    }
  }

  private void attempt(String command, Runnable action) {
    try {
      action.run();
    } catch (ChatException e) {
      failures++;
      seat.fail(command, "", e);
    }
  }

  private void command(String name, String rest) {
    RoomCommand command = commands.get(name);
    if (command == null) {
      throw Arguments.invalid("no such command: " + name + " (:help lists them all)");
    }
    command.action().run(new Arguments(name, rest));
  }

  private void say(String text) {
    speech.say(SAY, Draft.of(seat.rooms().recipient(), text));
  }

  private void help(Arguments arguments) {
    Optional<String> wanted = arguments.next();
    arguments.end();
    List<RoomCommand> shown =
        wanted.map(name -> List.of(find(name))).orElseGet(() -> List.copyOf(commands.values()));
    List<String> lines = new ArrayList<>(shown.stream().map(RoomCommand::line).toList());
    if (wanted.isEmpty()) {
      lines.add("TEXT                         say TEXT in this chat; ::TEXT begins with a colon");
    }
    seat.answer(":help", String.join("\n", lines), lines);
  }

  private RoomCommand find(String name) {
    RoomCommand command = commands.get(name.startsWith(":") ? name : ":" + name);
    if (command == null) {
      throw Arguments.invalid("no such command: " + name);
    }
    return command;
  }

  private void exit(Arguments arguments) {
    throw Arguments.invalid(EXIT + " takes nothing behind it");
  }

  private void suggestUsers() {
    if (!console.isScripted()) {
      seat.me().members(Rooms.GENERAL).thenAccept(this::suggest);
    }
  }

  private void suggest(List<Member> members) {
    console.suggest(members.stream().map(Member::user).collect(Collectors.toSet()));
  }

  private Stream<String> complete(List<String> words, int index, Supplier<Set<String>> names) {
    if (index == 0) {
      return words.get(0).startsWith(":") ? commands.keySet().stream() : Stream.empty();
    }
    RoomCommand command = commands.get(words.get(0));
    return index > 1 || command == null ? Stream.empty() : complete(command.wants(), names);
  }

  private Stream<String> complete(RoomCommand.Wants wants, Supplier<Set<String>> names) {
    return switch (wants) {
      case USER -> names.get().stream();
      case CHAT -> seat.rooms().labels();
      case COMMAND -> commands.keySet().stream();
      case OTHER -> Stream.empty();
    };
  }
}
