package chat.talk.bench;

import java.io.IOException;
import java.util.Locale;

/** How much of their cores the server and its load take in some time. */
record Busy(ServerProcess server, long begin, double serverBegin, double loadBegin) {
  static Busy begin(ServerProcess server) throws IOException {
    return new Busy(server, System.nanoTime(), server.busySeconds(), Cores.busySeconds());
  }

  /** Says it in words: a load whose core is full is measured itself. */
  String end() throws IOException {
    double seconds = (System.nanoTime() - begin) / 1e9;
    return String.format(
        Locale.ROOT,
        "cores: server %.0f %%, load %.0f %%",
        100 * (server.busySeconds() - serverBegin) / seconds,
        100 * (Cores.busySeconds() - loadBegin) / seconds);
  }
}
