package chat.talk.cli;

import chat.talk.ChatMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.annotations.Nullable;

/** Line by line over pipes, for scripts: results to one stream, errors to another, no prompt. */
class PlainConsole implements Console {
  private final BufferedReader in;
  private final PrintStream out;
  private final PrintStream err;
  private final Runnable onLoss;
  private final AtomicBoolean lost = new AtomicBoolean();
  private volatile boolean isClosed;

  /**
   * A console over streams.
   *
   * @param onLoss called once, by whichever thread writes, when {@code out} takes nothing more
   */
  PlainConsole(InputStream in, PrintStream out, PrintStream err, Runnable onLoss) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
    this.err = err;
    this.onLoss = onLoss;
  }

  @Override
  public @Nullable String readLine() {
    try {
      return isLost() ? null : in.readLine();
    } catch (IOException e) {
      fail("the input broke off: " + Printable.reason(e));
      return null;
    }
  }

  @Override
  public void message(ChatMessage message) {
    toOut(message.author() + ": " + Printable.text(message.text()));
  }

  @Override
  public void say(String text) {
    toOut(text);
  }

  @Override
  public final boolean isLost() {
    return lost.get();
  }

  @Override
  public final void fail(String text) {
    print(err, "error: " + text);
  }

  final void toOut(String line) {
    print(out, line);
    if (out.checkError() && lost.compareAndSet(false, true)) {
      fail("nothing more can be written to stdout");
      onLoss.run();
    }
  }

  final void toErr(String line) {
    print(err, line);
  }

  /** Nothing more is shown. */
  @Override
  public void close() {
    isClosed = true;
  }

  private void print(PrintStream stream, String text) {
    if (isClosed) {
      return;
    }
    byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (stream) {
      stream.write(line, 0, line.length);
      stream.flush();
    }
  }
}
