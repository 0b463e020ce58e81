package chat.talk.bench;

import java.io.IOException;
import java.util.Locale;

/** How much of their cores the server and its load take in some time. */
record Busy(ServerProcess server, long begin, CpuTime serverBegin, CpuTime loadBegin) {
  static Busy begin(ServerProcess server) throws IOException {
    return new Busy(server, System.nanoTime(), server.cpuTime(), load());
  }

  private static CpuTime load() throws IOException {
    return CpuTime.of(ProcessHandle.current().pid());
  }

  Time end() throws IOException {
    return new Time(
        (System.nanoTime() - begin) / 1e9,
        server.cpuTime().since(serverBegin),
        load().since(loadBegin));
  }

  /** Seconds that went by, and for how many of them each of the two was busy. */
  record Time(double seconds, double server, double load) {
    /** Says it in words: a load whose core is full is measured itself. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "cores: server %.0f %%, load %.0f %%",
          100 * server / seconds,
          100 * load / seconds);
    }

    Figure addTo(Figure figure) {
      return figure
          .with(Figure.SERVER_SHARE, server / seconds)
          .with(Figure.LOAD_SHARE, load / seconds);
    }
  }
}
