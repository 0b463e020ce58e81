package chat.talk.http;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.http.internal.client.Ways;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.testkit.ForwardingHub;
import chat.talk.testkit.TroubledProxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * A hub behind a server. Who comes back when his session breaks, which is every {@link HubClient},
 * reaches it over a line that is cut, stalled, delayed and halved at random; all else that is asked
 * of it goes over a good one.
 */
final class TroubledHub extends ForwardingHub {
  /** A few times as much as it takes to come in. */
  private static final int MOST = 4_000;

  private final ServedHub good;
  private final TroubledProxy proxy;
  private final HttpHub bad;

  TroubledHub(Hub hub, Ways.Way way, RandomGenerator random) {
    good = new ServedHub(hub, way);
    proxy = TroubledProxy.to(good.port());
    bad = HttpHub.over("http://127.0.0.1:" + proxy.port(), HttpSettings.defaults(), way);
    proxy.randomly(random, MOST);
  }

  @Override
  public CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    return (comesBack(listener) ? bad : good).connect(login, resume, listener);
  }

  /** Clients are told of their sessions by a listener of their own. */
  private static boolean comesBack(Session.Listener listener) {
    return listener.getClass().getPackage().equals(HubClient.class.getPackage());
  }

  @Override
  protected Hub target() {
    return good;
  }

  @Override
  public void close() {
    good.close();
    bad.close();
    proxy.close();
  }

  /** What has happened to the line, for people. */
  @Override
  public String toString() {
    return proxy.toString();
  }
}
