package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.Envelope;
import chat.talk.Transport;
import chat.talk.UserAddress;
import chat.talk.http.internal.json.MessageJson;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.ByteString;
import org.jetbrains.annotations.Nullable;

/** Sends messages by POST, each once the one before is answered. */
public final class PostConnection implements Transport.Connection {
  static final MediaType JSON = MediaType.get("application/json");

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

  private final SharedClient shared;
  private final OkHttpClient held;
  private final UserAddress address;
  private final @Nullable HttpUrl url;
  private final Object lock = new Object();

  // Guarded by lock.
  private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
  private @Nullable Delivery underWay;
  private @Nullable ClientCall<?> call;
  private @Nullable OkHttpClient client;
  private @Nullable ChatException end;
  private boolean closed;

  /** A way to the address; nothing is sent before the first message. */
  public PostConnection(SharedClient shared, UserAddress address) {
    this.shared = shared;
    this.address = address;
    this.url = Urls.of(address, Urls.MESSAGE);
    this.end = url == null ? Delivery.noHost(address) : null;
    this.held = shared.hold();
  }

  @Override
  public CompletableFuture<Void> deliver(Envelope envelope) {
    ByteString body = ByteString.of(MessageJson.encode(envelope));
    if (body.size() > shared.settings().maxMessage()) {
      return CompletableFuture.failedFuture(
          Delivery.tooLarge(body.size(), shared.settings().maxMessage()));
    }
    Delivery delivery = new Delivery(envelope.id(), body);
    ChatException refusal = enqueue(delivery);
    if (refusal != null) {
      return CompletableFuture.failedFuture(refusal);
    }
    startNext();
    return delivery.done();
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
    }
    finish(Delivery.closed(address));
    evict();
    shared.release();
  }

  private void evict() {
    synchronized (lock) {
      if (client != null) {
        client.connectionPool().evictAll();
      }
    }
  }

  private @Nullable ChatException enqueue(Delivery delivery) {
    synchronized (lock) {
      if (end == null) {
        waiting.add(delivery);
      }
      return end;
    }
  }

  private void startNext() {
    Delivery next;
    synchronized (lock) {
      next = underWay == null ? waiting.poll() : null;
      if (next == null) {
        return;
      }
      underWay = next;
    }
    start(next);
  }

  private void start(Delivery delivery) {
    Request request =
        new Request.Builder()
            .url(url)
            .header("Accept-Encoding", "identity")
            .post(RequestBody.create(delivery.json(), JSON))
            .build();
    ClientCall<Void> started =
        ClientCall.start(client(), request, address.toString(), Answers.LIMIT, Answers::requireOk);
    synchronized (lock) {
      call = started;
      if (end != null) {
        started.cancel();
      }
    }
    started.result().whenComplete((ok, failure) -> answered(delivery, failure));
  }

  /** With connections of its own: one that another left may lead to who is there no more. */
  private OkHttpClient client() {
    synchronized (lock) {
      if (client == null) {
        OkHttpClient base = Urls.isSecure(address) ? shared.secure(held) : held;
        client = Clients.apart(base, 1, KEEP_ALIVE);
      }
      return client;
    }
  }

  private void answered(Delivery delivery, @Nullable Throwable failure) {
    ChatException known = failure == null ? null : ChatException.of(failure);
    delivery.complete(known);
    if (known != null && Delivery.isSpentBy(known)) {
      finish(known);
    }
    synchronized (lock) {
      underWay = null;
    }
    startNext();
  }

  private void finish(ChatException reason) {
    List<Delivery> rest;
    ClientCall<?> last;
    synchronized (lock) {
      end = end == null || reason.code() == ChatException.Code.CLOSED ? reason : end;
      rest = Delivery.drain(underWay, waiting);
      last = call;
    }
    if (last != null) {
      last.cancel();
    }
    rest.forEach(delivery -> delivery.complete(reason));
  }
}
