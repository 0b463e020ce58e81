package chat.talk.cli;

import chat.talk.Peer;
import chat.talk.PeerBuilder;
import chat.talk.http.HttpRegistry;
import chat.talk.http.HttpSettings;

/** A peer from its registration to its last line. */
final class PeerProgram {
  private PeerProgram() {}

  static int run(PeerCommand options) {
    HttpSettings settings = PeerWiring.settings(options);
    Departure registry = new Departure(HttpRegistry.at(options.registry, settings));
    PeerBuilder peer = PeerWiring.of(options, settings).registry(registry);
    try (Exit exit = Exit.ready()) {
      return run(options, peer, registry, exit);
    }
  }

  /** The claim's file stays locked until the name is given back, at the program's very end. */
  private static int run(PeerCommand options, PeerBuilder peer, Departure registry, Exit exit) {
    ClaimFile claim =
        exit.opening(() -> ClaimFile.open(TalkHome.claims(), options.registry, options.name));
    Console console = exit.opening(() -> Consoles.open(options.json));
    exit.opening(() -> () -> registry.require(options.name));
    peer.claim(claim.claim()).listener(new Inbox(console));
    Peer me = exit.opening(() -> PeerWiring.start(peer));
    if (!console.isScripted()) {
      console.say("You are " + console.paint(me.name()) + ". :help tells what you can do.");
    }
    return talk(me, console);
  }

  /** Runs the terminal; a person has seen what failed, a script wants to be told at the end. */
  static int talk(Peer me, Console console) {
    PeerTerminal terminal = new PeerTerminal(me, console);
    try (Refresh refresh = Refresh.of(terminal)) {
      refresh.start();
      int failures = terminal.run();
      boolean failed = (failures > 0 && console.isScripted()) || console.isLost();
      return failed ? ExitCode.FAILED : ExitCode.OK;
    }
  }
}
