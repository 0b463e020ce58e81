package chat.talk.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jline.terminal.Size;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Loads what the other commands will need, so that the script can archive it for fast starts. */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
  private static final String TYPED = ":help\n:exit\n";

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws IOException {
    readLines();
    return DemoProgram.play();
  }

  private static void readLines() throws IOException {
    var typed = new ByteArrayInputStream(TYPED.getBytes(StandardCharsets.UTF_8));
    var terminal =
        TerminalBuilder.builder()
            .system(false)
            .type("xterm-256color")
            .size(Size.of(80, 24))
            .streams(typed, OutputStream.nullOutputStream())
            .build();
    try (Console console = new TerminalConsole(terminal, new Palette(null))) {
      console.say(console.readLine() + console.readLine());
    }
  }
}
