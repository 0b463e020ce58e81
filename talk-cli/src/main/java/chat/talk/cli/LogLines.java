package chat.talk.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Takes what loggers write, and hands it on line by line. */
final class LogLines extends OutputStream {
  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LogLines(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public synchronized void write(int singleByte) {
    if (singleByte == '\n') {
      String text = line.toString(StandardCharsets.UTF_8);
      line.reset();
      lines.accept(Printable.line(text.stripTrailing()));
    } else {
      line.write(singleByte);
    }
  }
}
