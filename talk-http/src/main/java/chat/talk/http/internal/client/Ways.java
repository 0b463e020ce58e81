package chat.talk.http.internal.client;

import chat.talk.room.Session;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jetbrains.annotations.Nullable;

/**
 * The ways to have a session with a hub, from the best to the one that goes through everything that
 * lets plain requests pass. Remembers for some time which one works here.
 */
public final class Ways {
  private static final Duration MEMORY = Duration.ofMinutes(10);

  /** Over a WebSocket. */
  public static final Way SOCKET = SessionSocket::new;

  /** Over server-sent events, and requests. */
  public static final Way STREAM =
      (client, most, base, files, listener, onRelease) ->
          new FetchedSession(client, base, StreamFetching::begin, files, listener, onRelease);

  /** Over requests alone. */
  public static final Way POLL =
      (client, most, base, files, listener, onRelease) ->
          new FetchedSession(client, base, PollFetching::begin, files, listener, onRelease);

  private final List<Way> all;

  /** Guarded by this, as what follows. */
  private Way working;

  private long since = System.nanoTime();

  /** These ways, the best first. */
  public Ways(Way... all) {
    this.all = List.of(all);
    this.working = all[0];
  }

  /** Makes a carrier. */
  public interface Way {
    Carrier make(
        OkHttpClient client,
        int maxMessage,
        HttpUrl base,
        Files files,
        Session.Listener listener,
        Runnable onRelease);
  }

  /** What to try first. */
  synchronized Way first() {
    boolean isOld = System.nanoTime() - since > MEMORY.toNanos();
    return isOld ? all.get(0) : working;
  }

  /** What to try when one is blocked; null when nothing is left, and then all may be blocked. */
  @Nullable
  synchronized Way behind(Way blocked) {
    int next = all.indexOf(blocked) + 1;
    if (next < all.size()) {
      return all.get(next);
    }
    working = all.get(0);
    return null;
  }

  synchronized void works(Way way) {
    working = way;
    since = System.nanoTime();
  }
}
