package chat.talk.http.internal;

import chat.talk.http.HttpResponse;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;

/** What becomes of a request's body as it comes. For the channel's thread. */
interface RequestBody {
  /**
   * Takes all that is readable.
   *
   * @return completes when more may come; a failure is the answer to the request
   * @throws Refusal when it is too much
   */
  CompletableFuture<Void> add(ByteBuf content);

  /** The body has come whole: has the request answered. */
  CompletableFuture<HttpResponse> finish(Exchange exchange);

  /** Counts no longer, and is given up if it has not come whole; twice does nothing. */
  void release();
}
