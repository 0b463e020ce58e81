package chat.talk.jdbc;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.http.internal.client.RemoteHub;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A client's way to the hub and its thread, both of which can be cut at once for good: whatever it
 * still does then, on timers and threads of others, reaches nobody.
 */
final class ClientLife implements Hub, Executor {
  private final CrashNetwork network;
  private final CrashWay way;
  private final RemoteHub hub;
  private final Executor world;
  private volatile boolean dead;
  private volatile CompletableFuture<Session> attempt = CompletableFuture.completedFuture(null);

  ClientLife(CrashNetwork network, CrashWay way, Executor world) {
    this.network = network;
    this.way = way;
    this.hub = way.lead(network);
    this.world = world;
  }

  void kill() {
    dead = true;
    hub.close();
  }

  @Override
  public void execute(Runnable task) {
    if (!dead) {
      world.execute(() -> runAlive(task));
    }
  }

  private void runAlive(Runnable task) {
    if (!dead) {
      task.run();
    }
  }

  @Override
  public CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    if (dead) {
      return new CompletableFuture<>();
    }
    attempt = way.opens(network).thenCompose(open -> hub.connect(login, resume, listener));
    return attempt;
  }

  /** Whether it is about to connect. */
  boolean isConnecting() {
    return !attempt.isDone();
  }

  /** Nobody else's hub is shut down. */
  @Override
  public CompletableFuture<Void> shutDown(String reason) {
    return new CompletableFuture<>();
  }

  @Override
  public void close() {}
}
