package chat.talk.jdbc;

import chat.talk.http.HttpSettings;
import chat.talk.http.internal.client.RemoteHub;
import chat.talk.http.internal.client.Ways;
import chat.talk.testkit.TroubledProxy;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * Leads to a hub that comes and goes: over a good line, which ends when the hub does, and over a
 * bad one, which is cut, stalled and halved at random as well.
 */
final class CrashNetwork implements AutoCloseable {
  private final TroubledProxy good = TroubledProxy.to(0);
  private final TroubledProxy bad = TroubledProxy.to(good.port());
  private CompletableFuture<Void> up = new CompletableFuture<>();

  CrashNetwork() {
    good.refuse();
  }

  synchronized void isUp(int port) {
    good.leadTo(port);
    good.serve();
    up.complete(null);
  }

  /** To be called before it goes: its port may soon be another's. */
  synchronized void isDown() {
    if (up.isDone()) {
      up = new CompletableFuture<>();
      good.refuse();
    }
  }

  /** When somebody with a good line may try: in vain would cost time that others need. */
  synchronized CompletableFuture<Void> up() {
    return up;
  }

  /** Makes trouble on the bad line. */
  void trouble(RandomGenerator random) {
    bad.randomly(random);
  }

  void calm() {
    bad.calm();
  }

  /** The client's end, by these ways, tried one after the other. */
  RemoteHub client(boolean isGood, Ways.Way... ways) {
    int port = (isGood ? good : bad).port();
    return RemoteHub.at("http://127.0.0.1:" + port, HttpSettings.defaults(), new Ways(ways));
  }

  /** What has happened, for people. */
  @Override
  public String toString() {
    return "good " + good + ", bad " + bad;
  }

  @Override
  public void close() {
    bad.close();
    good.close();
  }
}
