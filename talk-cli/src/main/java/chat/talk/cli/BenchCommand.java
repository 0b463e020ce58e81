package chat.talk.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** So that it is listed; the script runs what measures, which is not shipped. */
@Command(
    name = "bench",
    description =
        "Measure how fast Talk is here, beside others; in Talk's sources only: ./talk bench.",
    versionProvider = Version.class)
final class BenchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ARG", description = "See './talk bench --help'.")
  private List<String> arguments = List.of();

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    String command = String.join(" ", arguments);
    throw new Failure(
        ExitCode.FAILED,
        "what measures is not a part of the program: get Talk's sources, and there run ./talk bench "
            + command);
  }
}
