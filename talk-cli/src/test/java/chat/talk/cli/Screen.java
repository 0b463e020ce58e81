package chat.talk.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A plain console whose input is known beforehand. */
final class Screen {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final InputStream in;

  /** What the program would end with. */
  int exitCode;

  Screen(String... lines) {
    this(new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
  }

  Screen(InputStream in) {
    this.in = in;
  }

  PlainConsole console() {
    return new PlainConsole(in, new PrintStream(out), new PrintStream(err), () -> {});
  }

  JsonConsole jsonConsole() {
    return new JsonConsole(in, new PrintStream(out), new PrintStream(err), () -> {});
  }

  List<String> out() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  List<String> err() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
