package chat.talk.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a terminal was told to show, and a way to wait for it. */
final class Glass extends ByteArrayOutputStream {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  @Override
  public synchronized void write(int singleByte) {
    super.write(singleByte);
    notifyAll();
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    super.write(bytes, offset, length);
    notifyAll();
  }

  synchronized String text() {
    return toString(StandardCharsets.UTF_8);
  }

  /** Waits until the text stands there, somewhere behind what was there at first. */
  synchronized void await(String text, int from) throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + PATIENCE;
    while (text().indexOf(text, from) < 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new TimeoutException("no " + text + " in " + Printable.line(text()));
      }
      wait(left);
    }
  }
}
