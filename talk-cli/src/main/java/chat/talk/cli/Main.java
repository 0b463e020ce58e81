package chat.talk.cli;

import chat.talk.ChatException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Where the program {@code talk} begins. */
public final class Main {
  private Main() {}

  /**
   * Runs the program and ends the JVM with one of the exit codes that {@code talk --help} lists.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new TalkCommand())
        .setCommandName(Called.NAME)
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(Main::usage)
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
  }

  private static int usage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    command.getErr().printf("talk: %s (see %s)%n", Printable.line(e.getMessage()), help);
    return ExitCode.USAGE;
  }

  private static int failed(Exception e, CommandLine command) {
    if (e instanceof Failure failure) {
      command.getErr().println("talk: " + failure.getMessage());
      return failure.exitCode();
    }
    if (e instanceof ChatException known && known.code() != ChatException.Code.INTERNAL) {
      command.getErr().println("talk: " + Printable.reason(known));
      return ExitCode.of(known.code());
    }
    e.printStackTrace(command.getErr());
    return ExitCode.FAILED;
  }
}
