package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.Envelope;
import chat.talk.Scheduler;
import chat.talk.Transport;
import chat.talk.UserAddress;
import chat.talk.http.internal.json.AnswerJson;
import chat.talk.http.internal.json.MessageJson;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;
import okio.ByteString;
import org.jetbrains.annotations.Nullable;

/**
 * Sends messages over one WebSocket, without waiting for the answers, which come in the order of
 * the messages.
 */
public final class SocketConnection implements Transport.Connection {
  /** Half of what OkHttp queues before it gives a WebSocket up: 16 MiB. */
  private static final long QUEUED_BYTES = 8 * 1024 * 1024;

  private final SharedClient shared;
  private final OkHttpClient held;
  private final UserAddress address;
  private final @Nullable HttpUrl url;
  private final Duration answerTimeout;
  private final Object lock = new Object();

  // Guarded by lock.
  private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
  private final ArrayDeque<Delivery> sent = new ArrayDeque<>();
  private @Nullable WebSocket socket;
  private boolean open;
  private long lastProgress;
  private Scheduler.@Nullable Cancellable watch;
  private @Nullable ChatException end;
  private boolean closed;

  /** A way to the address; it connects for the first message. */
  public SocketConnection(SharedClient shared, UserAddress address) {
    this.shared = shared;
    this.address = address;
    this.url = Urls.of(address, Urls.SOCKET);
    this.answerTimeout = shared.settings().answerTimeout();
    this.end = url == null ? Delivery.noHost(address) : null;
    this.held = shared.hold();
  }

  @Override
  public CompletableFuture<Void> deliver(Envelope envelope) {
    Delivery delivery = new Delivery(envelope.id(), ByteString.of(MessageJson.encode(envelope)));
    int most = shared.settings().maxMessage();
    if (delivery.json().size() > most) {
      delivery.complete(Delivery.tooLarge(delivery.json().size(), most));
      return delivery.done();
    }
    ChatException refusal = enqueue(delivery);
    if (refusal != null) {
      delivery.complete(refusal);
    }
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
    end(Delivery.closed(address));
    shared.release();
  }

  private @Nullable ChatException enqueue(Delivery delivery) {
    synchronized (lock) {
      if (end == null) {
        waiting.add(delivery);
        if (socket == null) {
          connect();
        }
        sendWaiting();
      }
      return end;
    }
  }

  private void connect() {
    BoundedSockets sockets = new BoundedSockets(2 * Answers.LIMIT);
    Request request = new Request.Builder().url(url).build();
    OkHttpClient client = Urls.isSecure(address) ? shared.secure(held) : held;
    WebSocketEvents events = new WebSocketEvents(this, sockets, address.toString());
    open = false;
    socket = client.newBuilder().socketFactory(sockets).build().newWebSocket(request, events);
  }

  /** Hands to OkHttp what it has room for; answers make more room. */
  private void sendWaiting() {
    while (open && !waiting.isEmpty() && hasRoom(waiting.element())) {
      Delivery next = waiting.remove();
      if (sent.isEmpty()) {
        lastProgress = System.nanoTime();
      }
      sent.add(next);
      socket.send(next.json().utf8());
    }
    if (!sent.isEmpty() && watch == null) {
      watch = Scheduler.system().after(answerTimeout, this::checkAnswers);
    }
  }

  private boolean hasRoom(Delivery next) {
    return sent.isEmpty() || socket.queueSize() + next.json().size() <= QUEUED_BYTES;
  }

  private void checkAnswers() {
    synchronized (lock) {
      watch = null;
      if (end != null || sent.isEmpty()) {
        return;
      }
      Duration left = answerTimeout.minusNanos(System.nanoTime() - lastProgress);
      if (left.compareTo(Duration.ZERO) > 0) {
        watch = Scheduler.system().after(left, this::checkAnswers);
        return;
      }
    }
    end(Answers.timedOut(address.toString()));
  }

  void opened(WebSocket from) {
    synchronized (lock) {
      if (from == socket && end == null) {
        open = true;
        sendWaiting();
      }
    }
  }

  void answered(WebSocket from, AnswerJson.Answer answer) {
    Delivery delivery;
    synchronized (lock) {
      if (from != socket || end != null) {
        return;
      }
      delivery = sent.peek();
      if (delivery != null && isFor(delivery, answer)) {
        sent.remove();
        lastProgress = System.nanoTime();
        sendWaiting();
      } else {
        delivery = null;
      }
    }
    if (delivery == null) {
      failed(from, Answers.bad(address.toString(), "one to another message"));
    } else {
      delivery.complete(answer.error());
    }
  }

  private static boolean isFor(Delivery delivery, AnswerJson.Answer answer) {
    return answer.id() == null || answer.id().equals(delivery.id().value());
  }

  /** The connection was refused; the next message may try again. */
  void refused(WebSocket from, ChatException reason) {
    List<Delivery> all;
    synchronized (lock) {
      if (from != socket || end != null) {
        return;
      }
      socket = null;
      all = takeAll();
    }
    all.forEach(delivery -> delivery.complete(reason));
  }

  /** A message was too large for the other side: the largest, while the others may be retried. */
  void overflowed(WebSocket from, ChatException reason, ChatException tooLarge) {
    Delivery largest = null;
    synchronized (lock) {
      for (Delivery delivery : sent) {
        boolean isLarger = largest == null || delivery.json().size() > largest.json().size();
        largest = isLarger ? delivery : largest;
      }
    }
    if (largest != null) {
      largest.complete(tooLarge);
    }
    failed(from, reason);
  }

  /** The connection is of no more use; the code tells about the messages that are under way. */
  void failed(WebSocket from, ChatException reason) {
    boolean isIdle;
    synchronized (lock) {
      if (from != socket || end != null) {
        return;
      }
      isIdle = sent.isEmpty() && waiting.isEmpty();
    }
    end(isIdle ? Delivery.brokenBefore(address, reason) : reason);
  }

  private void end(ChatException reason) {
    List<Delivery> all;
    synchronized (lock) {
      end = end == null || reason.code() == ChatException.Code.CLOSED ? reason : end;
      boolean isQuiet = open && sent.isEmpty();
      all = takeAll();
      if (socket != null && !(closed && isQuiet && socket.close(1000, null))) {
        socket.cancel();
      }
      if (watch != null) {
        watch.cancel();
        watch = null;
      }
    }
    all.forEach(delivery -> delivery.complete(reason));
  }

  private List<Delivery> takeAll() {
    List<Delivery> all = new ArrayList<>(sent);
    all.addAll(waiting);
    sent.clear();
    waiting.clear();
    return all;
  }
}
