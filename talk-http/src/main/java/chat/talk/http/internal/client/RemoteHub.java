package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.MessageKey;
import chat.talk.http.HttpSettings;
import chat.talk.http.internal.StrictUtf8;
import chat.talk.http.internal.json.ClientFrame;
import chat.talk.http.internal.json.HubFrame;
import chat.talk.room.Command;
import chat.talk.room.FileDownload;
import chat.talk.room.FileUpload;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jetbrains.annotations.Nullable;

/** Opens sessions with a hub somewhere else. */
public final class RemoteHub {
  private final HttpUrl base;
  private final SharedClient client;
  private final Ways ways;
  private final Files files;
  private final Strays strays = new Strays();

  /** Guarded by this, as what follows. */
  private final Set<Carrier> open = new HashSet<>();

  private boolean isClosed;

  private RemoteHub(HttpUrl base, HttpSettings settings, Ways ways) {
    this.base = base;
    this.ways = ways;
    this.client = new SharedClient(settings);
    this.files = new Files(this, base);
  }

  /** The hub at a URL. */
  public static RemoteHub at(String url, HttpSettings settings, Ways ways) {
    return new RemoteHub(Urls.base(url), settings, ways);
  }

  /** Opens a session. */
  public CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    if (login == null || resume == null || listener == null) {
      return CompletableFuture.failedFuture(
          new ChatException(Code.INVALID, "a login, places and a listener are needed"));
    }
    CompletableFuture<Session> opened = new CompletableFuture<>();
    open(ways.first(), login, Map.copyOf(resume), listener, opened);
    return opened;
  }

  private void open(
      Ways.Way way,
      Login login,
      Map<ChatId, Cursor> resume,
      Session.Listener listener,
      CompletableFuture<Session> opened) {
    Carrier carrier = hold(way, strays.excused(login.token(), listener));
    if (carrier == null) {
      opened.completeExceptionally(closed());
      return;
    }
    carrier
        .open(login, resume)
        .whenComplete(
            (session, failure) -> {
              Ways.Way next = failure != null && carrier.seemsBlocked() ? ways.behind(way) : null;
              if (next != null) {
                if (carrier.mayStillArrive()) {
                  strays.add(login.token());
                }
                open(next, login, resume, listener, opened);
              } else if (failure == null) {
                ways.works(way);
                opened.complete(session);
              } else {
                opened.completeExceptionally(failure);
              }
            });
  }

  /** Makes a carrier, which gives up what it holds when it ends; null when all is closed. */
  private @Nullable Carrier hold(Ways.Way way, Session.Listener listener) {
    AtomicReference<Carrier> made = new AtomicReference<>();
    Runnable onRelease = () -> release(made.get());
    synchronized (this) {
      if (isClosed) {
        return null;
      }
      Carrier carrier =
          way.make(hold(), client.settings().maxMessage(), base, files, listener, onRelease);
      made.set(carrier);
      open.add(carrier);
      return carrier;
    }
  }

  /** A client for one thing to do, after which it is to be {@linkplain #release() released}. */
  OkHttpClient hold() {
    OkHttpClient held = client.hold();
    return base.isHttps() ? client.secure(held) : held;
  }

  private void release(Carrier carrier) {
    synchronized (this) {
      open.remove(carrier);
    }
    release();
  }

  void release() {
    client.release();
  }

  /** Begins an upload without a session. */
  public CompletableFuture<FileUpload> upload(Login login, FileUpload.Kind kind) {
    return known(login).thenApply(token -> files.upload(token, kind));
  }

  /** Begins a download without a session. */
  public CompletableFuture<FileDownload> download(Login login, MessageKey message, long offset) {
    return known(login)
        .thenCompose(token -> files.download(token, message, offset))
        .thenApply(download -> download);
  }

  /** Bytes are given and fetched by who has a token that the hub knows. */
  private CompletableFuture<Token> known(Login login) {
    return ask(login, new Command.Identify()).thenApply(identity -> login.token());
  }

  /** Asks without a session. */
  public <R> CompletableFuture<R> ask(Login login, Command<R> command) {
    String body;
    try {
      body = new ClientFrame.Single(login, command).write();
      RemoteSession.requireSmall(body);
    } catch (ChatException e) {
      return CompletableFuture.failedFuture(e);
    }
    HttpUrl url = Urls.under(base, Urls.COMMANDS).build();
    Request request =
        new Request.Builder().url(url).post(RequestBody.create(body, Posts.JSON)).build();
    long limit = client.settings().maxMessage();
    return ClientCall.<R>start(
            hold(), request, Urls.shown(base), limit, (s, answer, p) -> read(s, answer, p, command))
        .result()
        .whenComplete((answer, failure) -> release());
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
    List<Carrier> all;
    synchronized (this) {
      isClosed = true;
      all = List.copyOf(open);
    }
    all.forEach(carrier -> carrier.end(closed()));
  }

  /** The URL, which has no secrets in it. */
  @Override
  public String toString() {
    return Urls.shown(base);
  }
}
