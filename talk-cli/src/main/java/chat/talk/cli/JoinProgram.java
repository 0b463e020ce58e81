package chat.talk.cli;

import chat.talk.room.Hub;
import chat.talk.room.HubClient;

/** A user's terminal at a hub. */
final class JoinProgram {
  private JoinProgram() {}

  static int run(JoinCommand command) {
    try (Exit exit = Exit.ready()) {
      Hub hub = exit.opening(command.options::hub);
      Arrival arrival = command.options.arrival(hub);
      SecretFile file = exit.opening(() -> arrival.devices().require(Devices.TERMINAL));
      Console console = exit.opening(() -> Consoles.open(command.json));
      return talk(arrival, file, console, exit);
    }
  }

  private static int talk(Arrival arrival, SecretFile file, Console console, Exit exit) {
    RoomSession session =
        new RoomSession(arrival.devices().user(), console, () -> Exit.soon(ExitCode.FAILED));
    HubClient me = exit.opening(() -> arrival.terminal(file, session.screen()));
    exit.opening(() -> session::leave);
    return session.run(me);
  }
}
