package chat.talk.http.internal.client;

import chat.talk.ChatException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** One request and its answer, which is read whole, within a bound. */
public final class ClientCall<T> implements Callback {
  private final Call call;
  private final Progress progress = new Progress();
  private final String peer;
  private final long limit;
  private final Reader<T> reader;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  /** Makes something of an answer, or throws a {@link ChatException}. */
  @FunctionalInterface
  public interface Reader<T> {
    /** Reads. */
    T read(int status, byte[] body, String peer);
  }

  private ClientCall(
      OkHttpClient client, Request request, String peer, long limit, Reader<T> reader) {
    this.call = client.newCall(request.newBuilder().tag(EventListener.class, progress).build());
    this.peer = peer;
    this.limit = limit;
    this.reader = reader;
  }

  /**
   * Sends a request.
   *
   * @param peer how errors call the other side
   * @param limit the most bytes of an answer
   */
  static <T> ClientCall<T> start(
      OkHttpClient client, Request request, String peer, long limit, Reader<T> reader) {
    ClientCall<T> started = new ClientCall<>(client, request, peer, limit, reader);
    started.call.enqueue(started);
    return started;
  }

  /** Completes on a thread of the client; fails with nothing but {@link ChatException}s. */
  CompletableFuture<T> result() {
    return result;
  }

  /** Whether a request with a body has gone out whole, or may have. */
  boolean isSent() {
    return progress.isSent();
  }

  void cancel() {
    call.cancel();
  }

  @Override
  public void onFailure(Call call, IOException e) {
    result.completeExceptionally(Answers.failure(e, progress.isConnected(), peer));
  }

  @Override
  public void onResponse(Call call, Response response) {
    T value;
    try (response) {
      byte[] body = Answers.body(response, limit, peer);
      value = reader.read(response.code(), body, peer);
    } catch (IOException e) {
      onFailure(call, e);
      return;
    } catch (RuntimeException e) {
      result.completeExceptionally(ChatException.of(e));
      return;
    }
    result.complete(value);
  }
}
