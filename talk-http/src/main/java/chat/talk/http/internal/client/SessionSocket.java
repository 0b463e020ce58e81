package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.http.internal.json.Printable;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jetbrains.annotations.Nullable;

/** Carries a session over a WebSocket. */
final class SessionSocket extends WebSocketListener implements RemoteSession.Wire, Carrier {
  /** A connection that is silent is asked whether it is there, and given up without an answer. */
  private static final Duration PING = Duration.ofSeconds(15);

  /** Half of what OkHttp queues before it gives a WebSocket up: 16 MiB. */
  private static final long QUEUED_BYTES = 8L * 1024 * 1024;

  private static final int NORMAL = 1000;
  private static final int SHOWN = 120;

  private final OkHttpClient client;
  private final HttpUrl url;
  private final String peer;
  private final Runnable onRelease;
  private final BoundedSockets sockets;
  private final RemoteSession session;

  /** Guarded by this, as what follows: what OkHttp has no room for. */
  private final Deque<String> waiting = new ArrayDeque<>();

  private @Nullable WebSocket socket;
  private boolean isOpen;
  private boolean isReleased;

  SessionSocket(
      OkHttpClient client,
      int maxMessage,
      HttpUrl base,
      Files files,
      Session.Listener listener,
      Runnable onRelease) {
    this.client = client;
    this.url = Urls.under(base, Urls.HUB_SOCKET).build();
    this.peer = Urls.shown(base);
    this.onRelease = onRelease;
    this.sockets = new BoundedSockets(2L * maxMessage);
    this.session = new RemoteSession(listener, files, this);
  }

  @Override
  public CompletableFuture<Session> open(Login login, Map<ChatId, Cursor> resume) {
    String first = session.connect(login, resume);
    OkHttpClient own = client.newBuilder().socketFactory(sockets).pingInterval(PING).build();
    synchronized (this) {
      if (isReleased) {
        return session.opened();
      }
      waiting.add(first);
      socket = own.newWebSocket(new Request.Builder().url(url).build(), this);
    }
    return session.opened();
  }

  @Override
  public boolean seemsBlocked() {
    return sockets.hasConnected() && !session.wasAnswered();
  }

  @Override
  public synchronized boolean mayStillArrive() {
    return isOpen;
  }

  @Override
  public void onOpen(WebSocket from, Response response) {
    sockets.reset();
    synchronized (this) {
      isOpen = true;
      sendWaiting();
    }
  }

  @Override
  public synchronized void send(String frame) {
    if (!isReleased) {
      waiting.add(frame);
      sendWaiting();
    }
  }

  /** There is more room whenever something has come back. Must be called with the lock. */
  private void sendWaiting() {
    while (isOpen && !waiting.isEmpty() && hasRoom(waiting.element())) {
      socket.send(waiting.remove());
    }
  }

  private boolean hasRoom(String frame) {
    long queued = socket.queueSize();
    return queued == 0 || queued + frame.length() <= QUEUED_BYTES;
  }

  @Override
  public void onMessage(WebSocket from, String text) {
    sockets.reset();
    try {
      session.take(text);
    } catch (ChatException e) {
      end(Answers.bad(peer, String.valueOf(e.getMessage())));
    }
    synchronized (this) {
      sendWaiting();
    }
  }

  @Override
  public void onMessage(WebSocket from, ByteString bytes) {
    end(Answers.bad(peer, "a binary message"));
  }

  @Override
  public void onClosing(WebSocket from, int code, String reason) {
    String why = "WebSocket closed with " + code + " " + Printable.line(reason, SHOWN);
    end(new ChatException(Code.UNREACHABLE, peer + " ended the connection: " + why.strip()));
  }

  @Override
  public void onFailure(WebSocket from, Throwable failure, @Nullable Response response) {
    if (response == null || response.code() == 101) {
      end(
          failure instanceof IOException io
              ? Answers.failure(io, sockets.hasConnected(), peer)
              : ChatException.of(failure));
    } else {
      end(refusal(response));
    }
  }

  private ChatException refusal(Response response) {
    try {
      return Answers.refusal(response.code(), Answers.body(response, Answers.LIMIT, peer), peer);
    } catch (IOException e) {
      return Answers.failure(e, true, peer);
    } catch (ChatException e) {
      return e;
    }
  }

  @Override
  public void end(ChatException why) {
    session.end(why);
    WebSocket broken = release();
    if (broken != null) {
      broken.cancel();
    }
  }

  @Override
  public void close() {
    WebSocket open = release();
    if (open != null && !open.close(NORMAL, null)) {
      open.cancel();
    }
  }

  /** Gives the client up, once; what waits is not sent any more. */
  private @Nullable WebSocket release() {
    synchronized (this) {
      if (isReleased) {
        return null;
      }
      isReleased = true;
      waiting.clear();
    }
    onRelease.run();
    return socket;
  }
}
