package chat.talk.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Finds out where the user sits. */
final class Consoles {
  private Consoles() {}

  static Console open(boolean json) {
    return !json && isTerminal() ? terminal() : plain(json);
  }

  /** Whether a person types and reads, at a terminal that can move its cursor. */
  static boolean isTerminal() {
    String type = System.getenv("TERM");
    boolean canMove = type != null && !type.isEmpty() && !type.equals("dumb");
    java.io.Console console = canMove ? System.console() : null;
    return console != null && isTerminal(console);
  }

  /** Up to Java 21 there is a console only if there is a terminal; later ones have to be asked. */
  private static boolean isTerminal(java.io.Console console) {
    try {
      return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** One for programs that only print. */
  static Console plain(boolean json) {
    return json ? new JsonConsole(System.in, System.out, System.err, Consoles::lost) : plain();
  }

  private static Console plain() {
    return new PlainConsole(System.in, System.out, System.err, Consoles::lost);
  }

  /** Whoever waits for input would not notice: messages would be taken in that nobody sees. */
  private static void lost() {
    Exit.soon(ExitCode.FAILED);
  }

  /** What is logged would draw over the line being typed: it goes above it as well. */
  private static Console terminal() {
    try {
      Terminal terminal =
          TerminalBuilder.builder()
              .name("talk")
              .system(true)
              .dumb(false)
              .encoding(StandardCharsets.UTF_8)
              .build();
      TerminalConsole console =
          new TerminalConsole(terminal, new Palette(System.getenv("NO_COLOR")));
      System.setErr(new PrintStream(new LogLines(console::log), true, StandardCharsets.UTF_8));
      return console;
    } catch (IOException | IllegalStateException e) {
      return plain();
    }
  }
}
