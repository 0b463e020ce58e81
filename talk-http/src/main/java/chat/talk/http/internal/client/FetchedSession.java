package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Scheduler;
import chat.talk.http.internal.StrictUtf8;
import chat.talk.http.internal.json.HubFrame;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jetbrains.annotations.Nullable;

/**
 * Carries a session over single requests, where WebSockets are blocked: frames go out by POST, and
 * come in as one of two ways fetches them.
 */
final class FetchedSession implements RemoteSession.Wire, Carrier {
  /** A hub says something at once, which takes a way there and back. */
  private static final Duration FIRST_WORDS = Duration.ofSeconds(4);

  /** Why a hub has ended a session may come after it has forgotten the session. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(4);

  /** What may be the fault of something between here and the hub. */
  private static final Set<Code> BROKEN =
      EnumSet.of(Code.UNREACHABLE, Code.TIMED_OUT, Code.BAD_ANSWER, Code.REFUSED);

  private final OkHttpClient client;
  private final HttpUrl sessions;
  private final String peer;
  private final Runnable onRelease;
  private final Way way;
  private final RemoteSession session;

  /** Guarded by this, as what follows. Null until the session has a name. */
  private @Nullable HttpUrl own;

  /** What asks for that name. */
  private @Nullable ClientCall<String> naming;

  private @Nullable Token token;
  private @Nullable Posts posts;
  private @Nullable Fetching fetching;
  private boolean isReleased;
  private volatile boolean wasRefused;

  /** How frames are fetched. */
  interface Way {
    Fetching begin(OkHttpClient client, Request events, String peer, Sink sink);
  }

  /** Fetches until it is stopped. */
  interface Fetching {
    void stop();
  }

  /** Where what was fetched goes. */
  interface Sink {
    /** A frame has come. */
    void take(String frame);

    /** Nothing more comes. */
    void failed(ChatException why);
  }

  FetchedSession(
      OkHttpClient client,
      HttpUrl base,
      Way way,
      Files files,
      Session.Listener listener,
      Runnable onRelease) {
    this.client = client;
    this.sessions = Urls.under(base, Urls.SESSIONS).build();
    this.peer = Urls.shown(base);
    this.way = way;
    this.onRelease = onRelease;
    this.session = new RemoteSession(listener, files, this);
  }

  @Override
  public CompletableFuture<Session> open(Login login, Map<ChatId, Cursor> resume) {
    String first = session.connect(login, resume);
    synchronized (this) {
      token = login.token();
    }
    Request request =
        new Request.Builder().url(sessions).post(RequestBody.create(first, Posts.JSON)).build();
    ClientCall<String> call =
        ClientCall.start(client, request, peer, Answers.LIMIT, FetchedSession::name);
    synchronized (this) {
      naming = call;
    }
    call.result()
        .whenComplete(
            (name, failure) -> {
              if (failure == null) {
                begin(sessions.newBuilder().addPathSegment(name).build());
              } else {
                refused(ChatException.of(failure));
              }
            });
    return session.opened();
  }

  private void refused(ChatException why) {
    wasRefused = !BROKEN.contains(why.code());
    end(why);
  }

  @Override
  public boolean seemsBlocked() {
    return !session.wasAnswered() && !wasRefused;
  }

  @Override
  public synchronized boolean mayStillArrive() {
    return own == null && naming != null && naming.isSent();
  }

  private static String name(int status, byte[] body, String peer) {
    if (status != 201) {
      Answers.requireSuccess(status, body, peer);
      throw Answers.bad(peer, "status " + status);
    }
    return Answers.read(peer, () -> HubFrame.readSession(StrictUtf8.decode(body)));
  }

  private void begin(HttpUrl named) {
    synchronized (this) {
      if (!isReleased) {
        own = named;
        posts = new Posts(client, request(named, "frames"), peer, this::notTaken);
        Request events = request(named, "events");
        fetching =
            way.begin(
                client,
                events,
                peer,
                new Sink() {
                  @Override
                  public void take(String frame) {
                    FetchedSession.this.take(frame);
                  }

                  @Override
                  public void failed(ChatException why) {
                    end(why);
                  }
                });
        Scheduler.system().after(FIRST_WORDS, this::giveUpIfSilent);
        return;
      }
    }
    delete(named);
  }

  private Request request(HttpUrl named, String what) {
    return authorized(named.newBuilder().addPathSegment(what).build()).build();
  }

  /** The session's name alone opens nothing. */
  private synchronized Request.Builder authorized(HttpUrl url) {
    return Files.request(url, Objects.requireNonNull(token));
  }

  /** Something may hold back what comes until there is more of it. */
  private void giveUpIfSilent() {
    if (!session.wasAnswered()) {
      end(Answers.timedOut(peer));
    }
  }

  private void take(String frame) {
    try {
      session.take(frame);
    } catch (ChatException e) {
      end(Answers.bad(peer, String.valueOf(e.getMessage())));
    }
  }

  /** Nothing is asked before the session has begun, and so has a name. */
  @Override
  public void send(String frame) {
    Posts open;
    synchronized (this) {
      open = isReleased ? null : posts;
    }
    if (open != null) {
      open.send(frame);
    }
  }

  /**
   * Where the hub knows the session no more, why is on its way to whoever fetches: a device that
   * came back without waiting for it would shut out the one that has taken its place.
   */
  private void notTaken(ChatException why) {
    if (why.code() == Code.NOT_FOUND) {
      Scheduler.system().after(LAST_WORDS, () -> end(why));
    } else {
      end(why);
    }
  }

  @Override
  public void end(ChatException why) {
    ChatException meant =
        why.code() == Code.NOT_FOUND
            ? new ChatException(Code.UNREACHABLE, "the hub knows the session no more", why)
            : why;
    session.end(meant);
    close();
  }

  @Override
  public void close() {
    HttpUrl left;
    synchronized (this) {
      if (isReleased) {
        return;
      }
      isReleased = true;
      left = own;
      if (fetching != null) {
        fetching.stop();
      }
    }
    if (left != null) {
      delete(left);
    }
    onRelease.run();
  }

  /** Whether it gets there or not: the hub forgets a session that nobody fetches from. */
  private void delete(HttpUrl named) {
    ClientCall.start(
        client,
        authorized(named).delete().build(),
        peer,
        Answers.LIMIT,
        (status, body, from) -> status);
  }
}
