package chat.talk.cli;

import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.Outbox;

/** A user's terminal at a hub. */
final class JoinProgram {
  private JoinProgram() {}

  static int run(JoinCommand command) {
    try (Exit exit = Exit.ready()) {
      Hub hub = exit.opening(command.options.hub::open);
      Arrival arrival = command.options.arrival(hub);
      SecretFile file = exit.opening(arrival::requireTerminal);
      Console console = exit.opening(() -> Consoles.open(command.json));
      Outbox outbox = command.outboxes().of(command.options.hub.url, arrival.devices(), file);
      return talk(arrival, file, outbox, console, exit);
    }
  }

  private static int talk(
      Arrival arrival, SecretFile file, Outbox outbox, Console console, Exit exit) {
    RoomSession session =
        new RoomSession(arrival, console, outbox, () -> Exit.soon(ExitCode.FAILED));
    HubClient me = exit.opening(() -> arrival.terminal(file, outbox, session.screen()));
    exit.opening(() -> session::leave);
    return session.run(me);
  }
}
