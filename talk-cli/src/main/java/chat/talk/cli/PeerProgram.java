package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.Claim;

/** A peer from its registration to its last line. */
final class PeerProgram {
  private PeerProgram() {}

  /** The claim's file stays locked until the name is given back, at the program's very end. */
  static int run(PeerCommand options) {
    PeerWiring wiring = PeerWiring.of(options);
    ClaimFile claim = ClaimFile.open(TalkHome.claims(), options.registry, options.name);
    Console console = Consoles.open(options.json);
    ChatClient me = start(options, wiring, claim.claim(), console);
    Exit.closing(me, console, claim);
    if (!console.isScripted()) {
      console.say("You are " + console.paint(me.name()) + ". :help tells what you can do.");
    }
    return talk(me, wiring.directory(), console);
  }

  private static ChatClient start(
      PeerCommand options, PeerWiring wiring, Claim claim, Console console) {
    return wiring.start(
        ChatClient.peer(options.name.value()).claim(claim).listener(new Inbox(console)));
  }

  /** Runs the terminal; a person has seen what failed, a script wants to be told at the end. */
  static int talk(ChatClient me, Directory directory, Console console) {
    PeerTerminal terminal = new PeerTerminal(me, directory, console);
    try (Refresh refresh = Refresh.of(terminal)) {
      refresh.start();
      int failures = terminal.run();
      return failures > 0 && console.isScripted() ? ExitCode.FAILED : ExitCode.OK;
    }
  }
}
