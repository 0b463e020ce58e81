package chat.talk.jdbc;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jetbrains.annotations.Nullable;

/**
 * A client's way to the hub and its thread, both of which can be cut at once for good: whatever it
 * still does then, on timers and threads of others, reaches nobody.
 */
final class ClientLife implements Hub, Executor {
  private final Hub hub;
  private final Executor world;
  private volatile boolean dead;
  private volatile @Nullable Session last;
  private volatile CompletableFuture<Session> attempt = CompletableFuture.completedFuture(null);

  ClientLife(Hub hub, Executor world) {
    this.hub = hub;
    this.world = world;
  }

  void kill() {
    dead = true;
    closeLast();
  }

  private void closeLast() {
    Session session = last;
    if (session != null) {
      session.close();
    }
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
    attempt = hub.connect(login, resume, listener).thenApply(this::opened);
    return attempt;
  }

  private Session opened(Session session) {
    last = session;
    if (dead) {
      closeLast();
    }
    return session;
  }

  /** Whether it is about to connect. */
  boolean isConnecting() {
    return !attempt.isDone();
  }

  @Override
  public CompletableFuture<Void> shutDown(String reason) {
    return hub.shutDown(reason);
  }

  @Override
  public void close() {}
}
