package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.http.HttpSettings;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;

/** Opens sessions with a hub somewhere else. */
public final class RemoteHub {
  private static final String SOCKET = "/v1/ws";

  private final HttpUrl base;
  private final SharedClient client;

  /** Guarded by this, as what follows. */
  private final Set<SessionSocket> open = new HashSet<>();

  private boolean isClosed;

  private RemoteHub(HttpUrl base, HttpSettings settings) {
    this.base = base;
    this.client = new SharedClient(settings);
  }

  /** The hub at a URL. */
  public static RemoteHub at(String url, HttpSettings settings) {
    return new RemoteHub(Urls.base(url), settings);
  }

  /** Opens a session. */
  public CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    if (login == null || resume == null || listener == null) {
      return CompletableFuture.failedFuture(
          new ChatException(Code.INVALID, "a login, places and a listener are needed"));
    }
    SessionSocket socket = new SessionSocket(this, client, Urls.shown(base), listener);
    if (!add(socket)) {
      return CompletableFuture.failedFuture(closed());
    }
    return socket.open(Urls.under(base, SOCKET).build(), login, resume);
  }

  private synchronized boolean add(SessionSocket socket) {
    return !isClosed && open.add(socket);
  }

  synchronized void remove(SessionSocket socket) {
    open.remove(socket);
  }

  private static ChatException closed() {
    return new ChatException(Code.CLOSED, "the hub was closed on this side");
  }

  /** Ends all sessions, and opens no more. */
  public void close() {
    List<SessionSocket> all;
    synchronized (this) {
      isClosed = true;
      all = List.copyOf(open);
    }
    all.forEach(socket -> socket.end(closed()));
  }

  /** The URL, which has no secrets in it. */
  @Override
  public String toString() {
    return Urls.shown(base);
  }
}
