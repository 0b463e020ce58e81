package chat.talk.cli;

import chat.talk.Draft;
import chat.talk.cli.RoomCommand.Concern;
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
import org.jetbrains.annotations.Nullable;

/** What the lines that a user of a hub enters do. Lines come from one thread. */
final class RoomTerminal {
  private static final String EXIT = ":exit";
  private static final String SAY = "say";

  private final Seat seat;
  private final Console console;
  private final Speech speech;
  private final ChatCommands chats;
  private final Map<String, RoomCommand> commands = new LinkedHashMap<>();
  private final Errands errands;

  RoomTerminal(Seat seat) {
    this.seat = seat;
    this.console = seat.console();
    errands = new Errands(seat, System::nanoTime);
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
        new RoomCommand(":help", "[COMMAND]", "show this", RoomCommand.Wants.COMMAND, this::help)
            .concerning(Concern.NONE),
        new RoomCommand(EXIT, "", "leave the program; so do Ctrl-C and Ctrl-D", this::exit));
  }

  /**
   * Reads lines until the user leaves.
   *
   * @return how many of them failed
   */
  int run() {
    console.talkTo(seat.label(Rooms.GENERAL));
    errands.command(":chats", Concern.NONE, ":chats", chats::begin);
    suggestUsers();
    String line = console.readLine();
    while (line != null && !line.strip().equals(EXIT)) {
      accept(line);
      line = console.readLine();
    }
    return errands.end();
  }

  private void accept(String line) {
    if (line.startsWith("::")) {
      words(line.substring(1));
    } else if (line.startsWith(":")) {
      command(line.strip());
    } else if (!line.isBlank()) {
      words(line);
    }
  }

  private void words(String text) {
    errands.words(SAY, text, () -> say(text));
  }

  private void command(String line) {
    console.echo(line);
    String[] words = line.split("\\s+", 2);
    String rest = words.length > 1 ? words[1] : "";
    RoomCommand command = commands.get(words[0]);
    Arguments arguments = new Arguments(words[0], rest, secret(command, rest));
    Concern concern = command == null ? Concern.CHAT : command.concern();
    errands.command(words[0], concern, line, () -> run(command, words[0], arguments));
  }

  /** One thread reads what is typed, so this is asked for before the command has its turn. */
  private @Nullable String secret(@Nullable RoomCommand command, String rest) {
    String question = command == null || !rest.isEmpty() ? null : command.question();
    return question == null ? null : console.readSecret(question);
  }

  private static void run(@Nullable RoomCommand command, String name, Arguments arguments) {
    if (command == null) {
      throw Arguments.invalid("no such command: " + name + " (:help lists them all)");
    }
    command.action().run(arguments);
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
