package chat.talk.testkit;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.room.Hub;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/**
 * A hub that can be thrown away at any moment, as a killed process is, and opened again from what
 * its storage holds. Nothing of the old one runs on: its tasks are dropped, its calls of the
 * storage fail, its answers reach nobody.
 *
 * <pre>{@code
 * CrashableHub hub = new CrashableHub(simulation, storage, factory);
 * hub.crash();
 * hub.restart();
 * hub.crashAtCommit(true);
 * }</pre>
 */
public final class CrashableHub implements Hub {
  private final Simulation simulation;
  private final HubStorage storage;
  private final HubFactory factory;
  private @Nullable HubLife life;

  /** Whether the present one shuts down. */
  private boolean leaves;

  private Duration lag = Duration.ZERO;

  /**
   * Opens the first one.
   *
   * @param simulation runs it
   * @param storage survives each crash
   * @param factory opens a hub on the storage
   */
  public CrashableHub(Simulation simulation, HubStorage storage, HubFactory factory) {
    this.simulation = Objects.requireNonNull(simulation, "simulation");
    this.storage = Objects.requireNonNull(storage, "storage");
    this.factory = Objects.requireNonNull(factory, "factory");
    restart();
  }

  /**
   * Makes the hub slow: its tasks begin up to this much later.
   *
   * @param most zero for a hub that is not slow
   * @return this
   */
  public CrashableHub lag(Duration most) {
    lag = most;
    if (life != null) {
      life.node.lag(most);
    }
    return this;
  }

  /**
   * Stops the hub for a while, as a long garbage collection does.
   *
   * @param span for how long
   */
  public void pause(Duration span) {
    if (life != null) {
      life.node.pause(span);
    }
  }

  /** Kills the hub. Those that were connected see their connection break. */
  public void crash() {
    if (life != null) {
      life.end();
      life = null;
    }
  }

  /**
   * Kills the hub in the middle of its next commit, whose result it doesn't live to see.
   *
   * @param stored whether the storage has made the changes, all of them, or none
   */
  public void crashAtCommit(boolean stored) {
    if (life != null) {
      life.endAtCommit(stored);
    }
  }

  /**
   * Opens the hub again, also in place of one that still shuts down. One that is up lives on, and
   * needn't fear its next commit any more.
   */
  public void restart() {
    if (life != null && isUp() && !leaves) {
      life.live();
    } else {
      crash();
      leaves = false;
      life = new HubLife(simulation, storage, factory);
      life.node.lag(lag);
    }
  }

  /**
   * Whether it is up, or shuts down.
   *
   * @return false from a crash to the restart
   */
  public boolean isUp() {
    return life != null && life.node.isAlive();
  }

  @Override
  public CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    return isUp() && life != null
        ? life.connect(login, resume, listener)
        : CompletableFuture.failedFuture(NetworkEnd.unreachable("the hub is down"));
  }

  /** Shuts the hub down in good order; it can be {@linkplain #restart() opened again} then. */
  @Override
  public CompletableFuture<Void> shutDown(String reason) {
    HubLife ending = life;
    if (ending == null || !isUp()) {
      return CompletableFuture.completedFuture(null);
    }
    leaves = true;
    return ending.shutDown(reason).thenRun(ending::end);
  }

  /** Kills it: a shutdown takes time, and in a simulation nobody would be there to act. */
  @Override
  public void close() {
    crash();
  }
}
