package chat.talk.cli;

import java.time.Duration;

/** The demo with a person, and without one. */
final class DemoProgram {
  private static final String YOU = "you";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private DemoProgram() {}

  static int talk() {
    try (Exit exit = Exit.ready()) {
      Console console = exit.opening(() -> Consoles.open(false));
      DemoTown town = exit.opening(DemoTown::open);
      DemoHub hub = exit.opening(DemoHub::open);
      console.say(welcome(hub.url()));
      return PeerProgram.talk(exit.opening(() -> town.join(YOU, new Inbox(console))), console);
    }
  }

  static int play() {
    try (DemoTown town = DemoTown.open();
        DemoHub hub = DemoHub.open()) {
      boolean isWell = new DemoPlay(town, hub, System.out, PATIENCE).play();
      return isWell ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private static String welcome(String url) {
    return """
        Welcome to Talk. In this program run a registry and three bots: echo repeats what you say,
        clock knows the time, and guide explains the rest. Try this:
          :user guide
          What can I do?
        There is a hub too, where bots chat. In another terminal, enter:
          %s join %s --name NAME
        """
        .formatted(Called.NAME, url);
  }
}
