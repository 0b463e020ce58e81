package chat.talk.cli;

import chat.talk.room.Progress;
import java.util.Locale;

/** A line that shows how far a file has come. */
final class Bar implements Progress {
  private static final int WIDTH = 30;

  private final Console console;
  private final String what;
  private int shown = -1;

  Bar(Console console, String what) {
    this.console = console;
    this.what = what;
  }

  @Override
  public synchronized void onProgress(long done, long total) {
    int percent = total <= 0 ? 0 : (int) (done * 100.0 / total);
    if (percent != shown) {
      shown = percent;
      console.progress(line(percent, done, total));
    }
  }

  private String line(int percent, long done, long total) {
    int full = percent * WIDTH / 100;
    String bar = "#".repeat(full) + "-".repeat(WIDTH - full);
    return what + " [" + bar + "] " + percent + " %, " + size(done) + " of " + size(total);
  }

  void end() {
    console.progress("");
  }

  /** As people write it. */
  static String size(long bytes) {
    if (bytes < 0) {
      return "?";
    }
    if (bytes < 1_000) {
      return bytes + " B";
    }
    boolean isKilo = bytes < 1_000_000;
    String number = String.format(Locale.ROOT, "%.1f", bytes / (isKilo ? 1e3 : 1e6));
    return number + (isKilo ? " kB" : " MB");
  }
}
