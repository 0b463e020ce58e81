package chat.talk.http.internal.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.http.HttpRequest;
import chat.talk.http.HttpResponse;
import chat.talk.http.WebSocketText;
import chat.talk.http.internal.WholeBody;
import chat.talk.http.internal.json.ClientFrame;
import chat.talk.http.internal.json.HubFrame;
import chat.talk.room.Command;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Sessions for whoever can't speak WebSocket: frames come in by POST, and are fetched as
 * server-sent events, or some at a time.
 */
final class Fetches {
  private static final String EVENT_STREAM = "text/event-stream";
  private static final String SESSION = "session";

  private static final Map<String, String> UNSTORED_JSON =
      Map.of("Content-Type", "application/json", "Cache-Control", "no-store");

  /** So many sessions that nobody may be fetching from. */
  private static final int MAX_SESSIONS = 20_000;

  /** How many frames of a session may await their answers, or these to be fetched. */
  private static final int MAX_OPEN = 4_096;

  /** Beyond so many, frames are answered for only when their answers have been fetched. */
  private static final int ENOUGH_OPEN = 256;

  /** A password takes its time to check. */
  private static final Duration LONGEST_LOGIN = Duration.ofSeconds(20);

  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(25);
  private static final int MAX_WAIT_SECONDS = 60;

  private final Hub hub;
  private final Common common;
  private final Trails trails = new Trails();
  private final Map<String, Fetched> sessions = new ConcurrentHashMap<>();

  /** None yet. */
  Fetches(Hub hub, Common common) {
    this.hub = hub;
    this.common = common;
  }

  /** Begins a session: the body is a frame to connect. The first event tells who has come. */
  public CompletableFuture<HttpResponse> open(HttpRequest request) {
    if (!(ClientFrame.read(request.bodyText()) instanceof ClientFrame.Connect connect)) {
      throw new ChatException(Code.INVALID, "a session begins with a frame to connect");
    }
    if (sessions.size() >= MAX_SESSIONS) {
      throw new ChatException(Code.OVERLOADED, "there are too many sessions");
    }
    String id = Token.random().secret();
    Token token = connect.login().token();
    Fetched session = new Fetched(hub, common, token, null, () -> sessions.remove(id));
    sessions.put(id, session);
    return session
        .take(connect, request.body().length)
        .thenApply(
            answered -> {
              ChatException refusal = session.refusal();
              if (refusal != null) {
                session.close();
                throw refusal;
              }
              return unstored(201, HubFrame.session(id));
            });
  }

  /** Takes in frames: an array of them. Their answers are events. */
  public CompletableFuture<HttpResponse> take(HttpRequest request) {
    return in(request, session -> take(session, request));
  }

  private static CompletableFuture<HttpResponse> take(Fetched session, HttpRequest request) {
    List<ClientFrame> frames = ClientFrame.readAll(request.bodyText());
    long size = request.body().length;
    if (session.open() + frames.size() > MAX_OPEN
        || session.openBytes() + size > Backlog.MAX_PER_CLIENT) {
      throw new ChatException(Code.OVERLOADED, "too much awaits its answer");
    }
    long each = size / Math.max(1, frames.size());
    CompletableFuture<?>[] taken =
        frames.stream().map(frame -> session.take(frame, each)).toArray(CompletableFuture[]::new);
    return session.open() <= ENOUGH_OPEN && session.openBytes() <= Backlog.ENOUGH
        ? done()
        : CompletableFuture.allOf(taken).thenCompose(all -> done());
  }

  private static CompletableFuture<HttpResponse> done() {
    return CompletableFuture.completedFuture(new HttpResponse(204, Map.of(), new byte[0]));
  }

  /** A URL gets into logs: who knows a session's must have its device's token as well. */
  private CompletableFuture<HttpResponse> in(
      HttpRequest request, Function<Fetched, CompletableFuture<HttpResponse>> then) {
    Login login = RestCall.login(request);
    Fetched session = sessions.get(request.parameter(SESSION));
    if (session == null) {
      return hub.ask(login, new Command.Identify()).thenCompose(known -> unknown());
    }
    if (!session.isOf(login.token())) {
      throw new ChatException(Code.UNAUTHENTICATED, "the token is not that of the session");
    }
    return then.apply(session);
  }

  private static CompletableFuture<HttpResponse> unknown() {
    return CompletableFuture.failedFuture(
        new ChatException(Code.NOT_FOUND, "there is no such session, or it has ended"));
  }

  /** Gives out events of a session. */
  public CompletableFuture<HttpResponse> events(HttpRequest request) {
    Duration wait = wait(request);
    return in(
        request,
        session ->
            wantsStream(request)
                ? stream(session, Fetched.Batch.NOTHING)
                : session.next(wait).thenApply(batch -> array(session, batch)));
  }

  /** Who does not get what was taken out goes on in another session. */
  private static HttpResponse array(Fetched session, Fetched.Batch batch) {
    byte[] json = EventList.of(frames(batch.items()));
    return batch.items().isEmpty()
        ? unstored(200, json)
        : WholeBody.answer(200, UNSTORED_JSON, json, session::close);
  }

  private static HttpResponse unstored(int status, byte[] json) {
    return new HttpResponse(status, UNSTORED_JSON, json);
  }

  /** Completes when nothing that sessions have left to say waits for who polls. */
  CompletableFuture<Void> lastWords() {
    return CompletableFuture.allOf(
        sessions.values().stream().map(Fetched::lastWords).toArray(CompletableFuture[]::new));
  }

  /** Ends a session. */
  public CompletableFuture<HttpResponse> close(HttpRequest request) {
    return in(
        request,
        session -> {
          session.close();
          return done();
        });
  }

  /**
   * Gives out what happens in the chats of whoever has the token: from where the device was, or
   * behind an event that it names.
   */
  public CompletableFuture<HttpResponse> allEvents(HttpRequest request) {
    String after = request.query("after").or(() -> request.header("Last-Event-ID")).orElse("");
    Login login = RestCall.login(request);
    Trails.Begun begun = trails.from(after, login.token().digest());
    boolean isStream = wantsStream(request);
    Duration wait = wait(request);
    Trail trail = begun.trail();
    Fetched session = new Fetched(hub, common, login.token(), trail, () -> {});
    session.take(new ClientFrame.Connect(login, begun.places(), null), 0);
    return session
        .next(LONGEST_LOGIN)
        .thenCompose(
            first -> {
              requireBegun(session, first);
              return isStream ? stream(session, first) : poll(session, trail, first, wait);
            });
  }

  private static void requireBegun(Fetched session, Fetched.Batch first) {
    if (first.items().isEmpty()) {
      session.close();
      throw new ChatException(Code.TIMED_OUT, "the hub gives no answer");
    }
    if (first.end() != null && first.items().size() == 1) {
      throw first.end();
    }
  }

  /** That the session has begun is no news to whoever polls. */
  private static CompletableFuture<HttpResponse> poll(
      Fetched session, Trail trail, Fetched.Batch first, Duration wait) {
    List<Fetched.Item> news = first.items().subList(1, first.items().size());
    CompletableFuture<List<Fetched.Item>> batch =
        news.isEmpty() && !first.isLast()
            ? session.next(wait).thenApply(Fetched.Batch::items)
            : CompletableFuture.completedFuture(news);
    return batch.thenApply(
        items -> {
          session.close();
          return unstored(200, EventList.of(frames(items), trail.token()));
        });
  }

  private static List<WebSocketText> frames(List<Fetched.Item> items) {
    return items.stream().map(Fetched.Item::frame).toList();
  }

  private static boolean wantsStream(HttpRequest request) {
    return request.header("Accept").filter(accepted -> accepted.contains(EVENT_STREAM)).isPresent();
  }

  private static Duration wait(HttpRequest request) {
    return request.query("wait").map(Fetches::seconds).orElse(DEFAULT_WAIT);
  }

  private static Duration seconds(String text) {
    if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) > MAX_WAIT_SECONDS) {
      throw new ChatException(Code.INVALID, "wait is 0 to " + MAX_WAIT_SECONDS + " seconds");
    }
    // What is there takes a moment to be read.
    return Duration.ofSeconds(Math.max(1, Integer.parseInt(text)));
  }

  private static CompletableFuture<HttpResponse> stream(Fetched session, Fetched.Batch first) {
    Map<String, String> headers = Map.of("Content-Type", EVENT_STREAM, "Cache-Control", "no-store");
    return CompletableFuture.completedFuture(
        HttpResponse.streaming(200, headers, new EventStream(session, first)));
  }
}
