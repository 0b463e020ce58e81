package chat.talk.http.internal;

import chat.talk.http.BodySource;
import chat.talk.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** A body that is all here, and that cannot be asked for again: who gave it is told of its loss. */
public final class WholeBody implements BodySource {
  private final byte[] bytes;
  private final Runnable onLoss;

  private WholeBody(byte[] bytes, Runnable onLoss) {
    this.bytes = bytes;
    this.onLoss = onLoss;
  }

  /**
   * An answer with such a body.
   *
   * @param bytes which nobody may change from now on
   * @param onLoss is called by any thread when the answer isn't sent
   */
  public static HttpResponse answer(
      int status, Map<String, String> headers, byte[] bytes, Runnable onLoss) {
    return HttpResponse.streaming(status, headers, new WholeBody(bytes, onLoss));
  }

  /** The same answer as it is sent, if it has such a body. */
  static HttpResponse opened(HttpResponse response) {
    return response.source() instanceof WholeBody whole
        ? new HttpResponse(response.status(), response.headers(), whole.bytes)
        : response;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public CompletableFuture<@Nullable ByteBuffer> next() {
    return CompletableFuture.failedFuture(new IllegalStateException("it is sent as a whole"));
  }

  @Override
  public void close() {
    onLoss.run();
  }
}
