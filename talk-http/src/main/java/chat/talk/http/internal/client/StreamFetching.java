package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import org.jetbrains.annotations.Nullable;

/** Fetches frames as server-sent events. */
final class StreamFetching extends EventSourceListener implements FetchedSession.Fetching {
  /** A hub says something three times as often. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private final String peer;
  private final FetchedSession.Sink sink;
  private final EventSource source;

  private StreamFetching(
      OkHttpClient client, Request events, String peer, FetchedSession.Sink sink) {
    this.peer = peer;
    this.sink = sink;
    OkHttpClient patient =
        client.newBuilder().readTimeout(SILENCE).callTimeout(Duration.ZERO).build();
    this.source = EventSources.createFactory(patient).newEventSource(events, this);
  }

  static FetchedSession.Fetching begin(
      OkHttpClient client, Request events, String peer, FetchedSession.Sink sink) {
    return new StreamFetching(client, events, peer, sink);
  }

  @Override
  public void onEvent(EventSource from, @Nullable String id, @Nullable String type, String data) {
    sink.take(data);
  }

  @Override
  public void onClosed(EventSource from) {
    sink.failed(new ChatException(Code.UNREACHABLE, "the stream of " + peer + " has ended"));
  }

  @Override
  public void onFailure(
      EventSource from, @Nullable Throwable failure, @Nullable Response response) {
    if (response != null && response.code() != 200) {
      sink.failed(Answers.refusal(response.code(), new byte[0], peer));
    } else {
      sink.failed(
          failure instanceof IOException io
              ? Answers.failure(io, true, peer)
              : new ChatException(Code.UNREACHABLE, "the stream of " + peer + " broke", failure));
    }
  }

  @Override
  public void stop() {
    source.cancel();
  }
}
