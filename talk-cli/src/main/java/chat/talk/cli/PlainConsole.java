package chat.talk.cli;

import chat.talk.ChatMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jetbrains.annotations.Nullable;

/** Line by line over pipes, for scripts: results to one stream, errors to another, no prompt. */
class PlainConsole implements Console {
  private final BufferedReader in;
  private final PrintStream out;
  private final PrintStream err;

  PlainConsole(InputStream in, PrintStream out, PrintStream err) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
    this.err = err;
  }

  @Override
  public @Nullable String readLine() {
    try {
      return in.readLine();
    } catch (IOException e) {
      fail("the input broke off: " + Printable.reason(e));
      return null;
    }
  }

  @Override
  public void message(ChatMessage message) {
    print(out, message.author() + ": " + Printable.text(message.text()));
  }

  @Override
  public void say(String text) {
    print(out, text);
  }

  @Override
  public final void fail(String text) {
    print(err, "error: " + text);
  }

  final void toOut(String line) {
    print(out, line);
  }

  final void toErr(String line) {
    print(err, line);
  }

  private static void print(PrintStream stream, String text) {
    byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (stream) {
      stream.write(line, 0, line.length);
      stream.flush();
    }
  }
}
