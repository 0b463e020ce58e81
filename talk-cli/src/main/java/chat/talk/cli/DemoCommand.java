package chat.talk.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "demo",
    description = {
      "Try it out: a registry, a hub, bots and you, all on this machine.",
      "Without a terminal it plays a short chat and ends with 0 if the bots answered."
    },
    versionProvider = Version.class)
final class DemoCommand implements Callable<Integer> {
  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    return Consoles.isTerminal() ? DemoProgram.talk() : DemoProgram.play();
  }
}
