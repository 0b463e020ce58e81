package chat.talk.cli;

import chat.talk.room.Hub;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jetbrains.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "simulate",
    description = {
      "Emulate chatting users on a hub: they talk in the general chat, in direct and private chats,",
      "comment, type, read, leave and come back. Checks that all see the same order, without a hole;",
      "ends with 0 when all went well."
    },
    versionProvider = Version.class,
    sortOptions = false)
final class SimulateCommand implements Callable<Integer> {
  @Mixin private HubOptions hub;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many users, 2 or more (default: ${DEFAULT-VALUE}).")
  int clients;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "10",
      description = "What they do in a second, all together (default: ${DEFAULT-VALUE}).")
  double rate;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "How long (default: ${DEFAULT-VALUE}).")
  Duration length;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Who does what, as in another run; a new one each time unless given.")
  @Nullable
  Long seed;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    SimulationPlan plan = SimulationPlan.of(clients, rate, length, seed);
    try (Exit exit = Exit.ready()) {
      Hub opened = exit.opening(hub::open);
      Crowd crowd = exit.opening(() -> new Crowd(opened, plan));
      return new Simulation(plan, crowd, Consoles.plain(false)).run();
    }
  }
}
