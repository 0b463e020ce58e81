package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.http.HttpSettings;
import chat.talk.http.internal.StrictUtf8;
import chat.talk.http.internal.json.ClientFrame;
import chat.talk.http.internal.json.HubFrame;
import chat.talk.room.Command;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Opens sessions with a hub somewhere else. */
public final class RemoteHub {
  private static final MediaType JSON = MediaType.get("application/json");

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
    return socket.open(Urls.under(base, Urls.HUB_SOCKET).build(), login, resume);
  }

  private synchronized boolean add(SessionSocket socket) {
    return !isClosed && open.add(socket);
  }

  synchronized void remove(SessionSocket socket) {
    open.remove(socket);
  }

  /** Asks without a session. */
  public <R> CompletableFuture<R> ask(Login login, Command<R> command) {
    String body;
    try {
      body = new ClientFrame.Single(login, command).write();
    } catch (ChatException e) {
      return CompletableFuture.failedFuture(e);
    }
    HttpUrl url = Urls.under(base, Urls.COMMANDS).build();
    Request request = new Request.Builder().url(url).post(RequestBody.create(body, JSON)).build();
    return call(request, (status, answer, peer) -> read(status, answer, peer, command));
  }

  private <R> CompletableFuture<R> call(Request request, ClientCall.Reader<R> reader) {
    OkHttpClient held = client.hold();
    OkHttpClient used = request.url().isHttps() ? client.secure(held) : held;
    long limit = client.settings().maxMessage();
    return ClientCall.start(used, request, Urls.shown(base), limit, reader)
        .result()
        .whenComplete((answer, failure) -> client.release());
  }

  /** The codec has made of it what the command's answer is. */
  @SuppressWarnings("unchecked")
  private static <R> R read(int status, byte[] body, String peer, Command<R> command) {
    Answers.requireSuccess(status, body, peer);
    return (R) Answers.read(peer, () -> HubFrame.readAnswer(StrictUtf8.decode(body), command));
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
