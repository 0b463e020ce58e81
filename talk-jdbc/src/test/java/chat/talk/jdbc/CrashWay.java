package chat.talk.jdbc;

import chat.talk.http.internal.client.RemoteHub;
import chat.talk.http.internal.client.Ways;
import chat.talk.http.internal.client.Ways.Way;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * How a user's client gets to the hub.
 *
 * @param isGood whether its line is cut only when the hub goes
 * @param ways what it tries, one after the other
 */
record CrashWay(boolean isGood, List<Way> ways) {
  /** What an application's client tries. */
  private static final List<Way> ALL = List.of(Ways.SOCKET, Ways.STREAM, Ways.POLL);

  private static final List<Way> SOCKET = List.of(Ways.SOCKET);
  private static final List<Way> STREAM = List.of(Ways.STREAM);
  private static final List<Way> POLL = List.of(Ways.POLL);

  private static final List<CrashWay> TURNS =
      List.of(
          good(ALL),
          good(SOCKET),
          good(SOCKET),
          bad(ALL),
          good(STREAM),
          bad(SOCKET),
          good(POLL),
          bad(STREAM),
          bad(ALL),
          bad(POLL));

  private static CrashWay good(List<Way> ways) {
    return new CrashWay(true, ways);
  }

  private static CrashWay bad(List<Way> ways) {
    return new CrashWay(false, ways);
  }

  /** The way of the user with this number. */
  static CrashWay of(int user) {
    return TURNS.get(user % TURNS.size());
  }

  /** Completes when it is worth to try. */
  CompletableFuture<Void> opens(CrashNetwork network) {
    return isGood ? network.up() : CompletableFuture.completedFuture(null);
  }

  RemoteHub lead(CrashNetwork network) {
    return network.client(isGood, ways.toArray(Way[]::new));
  }
}
