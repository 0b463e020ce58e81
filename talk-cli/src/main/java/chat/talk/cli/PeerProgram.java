package chat.talk.cli;

import chat.talk.Peer;
import chat.talk.PeerBuilder;

/** A peer from its registration to its last line. */
final class PeerProgram {
  private PeerProgram() {}

  /** The claim's file stays locked until the name is given back, at the program's very end. */
  static int run(PeerCommand options) {
    PeerBuilder peer = PeerWiring.of(options);
    ClaimFile claim = ClaimFile.open(TalkHome.claims(), options.registry, options.name);
    Console console = Consoles.open(options.json);
    Peer me = PeerWiring.start(peer.claim(claim.claim()).listener(new Inbox(console)));
    Exit.closing(me, console, claim);
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
      return failures > 0 && console.isScripted() ? ExitCode.FAILED : ExitCode.OK;
    }
  }
}
