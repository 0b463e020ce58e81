package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.http.internal.StrictUtf8;
import chat.talk.http.internal.json.HubFrame;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jetbrains.annotations.Nullable;

/** Fetches frames by one request after the other, which the hub answers when there is something. */
final class PollFetching implements FetchedSession.Fetching {
  private static final Duration WAIT = Duration.ofSeconds(25);
  private static final Duration SLACK = Duration.ofSeconds(10);

  private final OkHttpClient client;
  private final Request request;
  private final String peer;
  private final FetchedSession.Sink sink;

  /** Guarded by this, as what follows. */
  private @Nullable ClientCall<List<String>> call;

  private boolean isStopped;

  private PollFetching(OkHttpClient client, Request events, String peer, FetchedSession.Sink sink) {
    Duration most = WAIT.plus(SLACK);
    this.client = client.newBuilder().readTimeout(most).callTimeout(most).build();
    HttpUrl url =
        events.url().newBuilder().addQueryParameter("wait", "" + WAIT.toSeconds()).build();
    this.request = events.newBuilder().url(url).build();
    this.peer = peer;
    this.sink = sink;
  }

  static FetchedSession.Fetching begin(
      OkHttpClient client, Request events, String peer, FetchedSession.Sink sink) {
    PollFetching fetching = new PollFetching(client, events, peer, sink);
    fetching.poll();
    return fetching;
  }

  private void poll() {
    ClientCall<List<String>> mine;
    synchronized (this) {
      if (isStopped) {
        return;
      }
      mine = ClientCall.start(client, request, peer, LIMIT, PollFetching::frames);
      call = mine;
    }
    mine.result()
        .whenComplete(
            (frames, failure) -> {
              if (failure == null) {
                take(frames);
              } else {
                sink.failed(ChatException.of(failure));
              }
            });
  }

  private void take(List<String> frames) {
    try {
      frames.forEach(sink::take);
    } catch (RuntimeException | Error e) {
      sink.failed(ChatException.of(e));
    }
    poll();
  }

  /** A frame more than what a hub gives out together. */
  private static final long LIMIT = 32L * 1024 * 1024;

  private static List<String> frames(int status, byte[] body, String peer) {
    Answers.requireSuccess(status, body, peer);
    return Answers.read(peer, () -> HubFrame.split(StrictUtf8.decode(body)));
  }

  @Override
  public synchronized void stop() {
    isStopped = true;
    if (call != null) {
      call.cancel();
    }
  }
}
