package chat.talk.cli;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.room.Chat;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.HubClientBuilder;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/** Prints what is said, as a device that takes nothing as read. */
final class TailProgram {
  private TailProgram() {}

  static int run(TailCommand command) {
    if (command.from != null && !command.from.equals(Cursor.START) && command.chat == null) {
      throw new Failure(ExitCode.USAGE, "--from with a place goes with --chat");
    }
    try (Exit exit = Exit.ready()) {
      Hub hub = exit.opening(command.options.hub::open);
      Arrival arrival = command.options.arrival(hub);
      SecretFile file = exit.opening(arrival.devices()::tail);
      Console console = exit.opening(() -> Consoles.plain(command.json));
      return follow(command, arrival, file, console);
    }
  }

  /** Comes in to ask for the chats, and again to listen from there on. */
  static int follow(TailCommand command, Arrival arrival, SecretFile file, Console console) {
    Rooms rooms = new Rooms(arrival.devices().user());
    Map<ChatId, Cursor> places = places(chats(arrival, file, rooms), command.from);
    Seen seen = new Seen();
    EntryLines lines = new EntryLines(console, rooms, seen, ZoneId.systemDefault());
    ChatId only = command.chat == null ? null : rooms.find(command.chat);
    TailScreen screen = new TailScreen(console, rooms, seen, lines, only, command.count);
    Arrival.Setup setup = builder -> builder.readsByItself().resumeFrom(places).listener(screen);
    try (HubClient me = arrival.further(file, setup)) {
      return screen.awaitEnd();
    }
  }

  private static List<Chat> chats(Arrival arrival, SecretFile file, Rooms rooms) {
    try (HubClient first = arrival.further(file, HubClientBuilder::readsByItself)) {
      List<Chat> chats = Seat.finish(first.chats());
      rooms.learn(chats);
      return chats;
    }
  }

  /** Where to begin in each chat: behind its end unless another place was given. */
  private static Map<ChatId, Cursor> places(List<Chat> chats, @Nullable Cursor from) {
    Map<ChatId, Cursor> places = new LinkedHashMap<>();
    chats.forEach(chat -> places.put(chat.id(), from == null ? chat.head() : from));
    return places;
  }
}
