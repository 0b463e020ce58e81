package chat.talk;

import chat.talk.ChatException.Code;
import chat.talk.internal.Futures;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jetbrains.annotations.Nullable;

/**
 * What a peer knows of the registry: asked every so often, and when somebody is not where he was.
 * Keeps the peer's own registration alive, should the registry forget it.
 */
final class Directory {
  private static final System.Logger LOG = System.getLogger(Directory.class.getName());

  private final UserName self;
  private final Registry registry;
  private final Claim claim;
  private final Scheduler scheduler;
  private final Duration interval;
  private final Consumer<Notice.StateChanged> onState;
  private final Consumer<Map<UserName, UserAddress>> onUsers;
  private volatile Map<UserName, UserAddress> users = Map.of();

  /** Guarded by this, as all that follows. */
  private @Nullable UserAddress address;

  private @Nullable CompletableFuture<Map<UserName, UserAddress>> refreshing;
  private Scheduler.Cancellable nextRefresh = () -> {};
  private boolean closed;

  /**
   * What a peer with this set-up knows.
   *
   * @param onState told after each look at the registry how that went
   * @param onUsers told of every answer before whoever asked for it
   */
  Directory(
      PeerBuilder setup,
      Consumer<Notice.StateChanged> onState,
      Consumer<Map<UserName, UserAddress>> onUsers) {
    this.self = setup.name;
    this.registry = setup.registry;
    this.claim = setup.claim;
    this.scheduler = setup.scheduler;
    this.interval = setup.refresh;
    this.onState = onState;
    this.onUsers = onUsers;
  }

  /** Registers, and from then on looks after the registration. */
  CompletableFuture<Void> join(UserAddress address) {
    return register(address).thenRun(() -> begin(address));
  }

  private synchronized void begin(UserAddress address) {
    this.address = address;
    scheduleRefresh();
  }

  private synchronized void scheduleRefresh() {
    if (!closed) {
      nextRefresh = scheduler.after(interval, this::refreshAndGoOn);
    }
  }

  private void refreshAndGoOn() {
    refresh()
        .thenCompose(this::registerIfForgotten)
        .whenComplete(
            (done, failure) -> {
              onState.accept(stateAfter(failure));
              scheduleRefresh();
            });
  }

  private static Notice.StateChanged stateAfter(@Nullable Throwable failure) {
    if (failure == null) {
      return new Notice.StateChanged(ChatClient.State.CONNECTED);
    }
    ChatException why = ChatException.of(failure);
    return new Notice.StateChanged(ChatClient.State.DISCONNECTED, why.code(), why.getMessage());
  }

  private CompletableFuture<Void> register(UserAddress where) {
    return Futures.attempt(() -> registry.register(self, where, claim));
  }

  /** Registers again when the registry has forgotten this user, or has him somewhere else. */
  private CompletableFuture<Void> registerIfForgotten(Map<UserName, UserAddress> current) {
    UserAddress own;
    synchronized (this) {
      own = address;
      if (closed || own.equals(current.get(self))) {
        return CompletableFuture.completedFuture(null);
      }
    }
    LOG.log(System.Logger.Level.WARNING, "The registry has forgotten {0}: registering again", self);
    return register(own).thenRun(this::removeIfClosed);
  }

  /** Takes back a registration that went out while {@link #leave()} was on its way. */
  private void removeIfClosed() {
    boolean late;
    synchronized (this) {
      late = closed;
    }
    if (late) {
      Futures.attempt(() -> registry.remove(self, claim));
    }
  }

  /**
   * Where a user lives.
   *
   * @param fresh whether what is known may be out of date, so that the registry has to be asked; if
   *     that fails, what is known counts
   */
  CompletableFuture<UserAddress> lookUp(UserName user, boolean fresh) {
    UserAddress known = users.get(user);
    if (known != null && !fresh) {
      return CompletableFuture.completedFuture(known);
    }
    return refresh()
        .exceptionally(
            failure -> {
              if (known == null) {
                throw ChatException.of(failure);
              }
              return Map.of(user, known);
            })
        .thenApply(current -> require(user, current));
  }

  /** What is known of a user does not do: the registry has to be asked when he is next wanted. */
  synchronized void forget(UserName user) {
    Map<UserName, UserAddress> others = new HashMap<>(users);
    others.remove(user);
    users = others;
  }

  private static UserAddress require(UserName user, Map<UserName, UserAddress> users) {
    UserAddress address = users.get(user);
    if (address == null) {
      throw new ChatException(Code.UNKNOWN_USER, "there is no user " + user);
    }
    return address;
  }

  /** Asks the registry; whoever asks while an answer is awaited gets the same one. */
  CompletableFuture<Map<UserName, UserAddress>> refresh() {
    CompletableFuture<Map<UserName, UserAddress>> result;
    synchronized (this) {
      if (refreshing != null) {
        return refreshing;
      }
      result = new CompletableFuture<>();
      refreshing = result;
    }
    Futures.attempt(registry::users)
        .thenApply(Objects::requireNonNull)
        .whenComplete((current, failure) -> refreshed(result, current, failure));
    return result;
  }

  private void refreshed(
      CompletableFuture<Map<UserName, UserAddress>> result,
      @Nullable Map<UserName, UserAddress> current,
      @Nullable Throwable failure) {
    synchronized (this) {
      refreshing = null;
      if (failure == null) {
        users = current;
      }
    }
    if (failure == null) {
      onUsers.accept(current);
      result.complete(current);
    } else {
      result.completeExceptionally(ChatException.of(failure));
    }
  }

  /** Takes the user off the registry, if he ever joined, and stops asking. */
  CompletableFuture<Void> leave() {
    synchronized (this) {
      closed = true;
      nextRefresh.cancel();
      if (address == null) {
        return CompletableFuture.completedFuture(null);
      }
    }
    return Futures.attempt(() -> registry.remove(self, claim));
  }
}
