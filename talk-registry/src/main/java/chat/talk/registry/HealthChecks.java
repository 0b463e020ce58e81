package chat.talk.registry;

import chat.talk.RegistryStore;
import chat.talk.RegistryStore.Registration;
import chat.talk.Scheduler;
import chat.talk.UserAddress;
import chat.talk.UserName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks all users for their health, round after round, and removes whoever fails too often in a row.
 * A registration that changes starts at no failures; one that changed while its check was under way
 * is not removed for it.
 */
final class HealthChecks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthChecks.class);

  private final RegistryStore store;
  private final Executor storeThreads;
  private final Check check;
  private final int mayFail;
  private final Map<UserName, Failing> failing = new ConcurrentHashMap<>();
  private volatile Scheduler.Cancellable nextRound = () -> {};
  private volatile boolean closed;

  /**
   * Checks the store's users; calls of the store are made on the executor.
   *
   * @param mayFail how many checks in a row a user may fail
   */
  HealthChecks(RegistryStore store, Executor storeThreads, Check check, int mayFail) {
    this.store = store;
    this.storeThreads = storeThreads;
    this.check = check;
    this.mayFail = mayFail;
  }

  /** Asks one user; bounds how many are asked at once. */
  interface Check {
    /** Completes with whether the user is well; never fails. */
    CompletableFuture<Boolean> check(UserAddress address);
  }

  private record Failing(Registration registration, int failures) {}

  /** Begins a round every so often, or as soon as the last one has ended. */
  void start(Scheduler scheduler, Duration interval) {
    schedule(scheduler, interval, interval);
  }

  private synchronized void schedule(Scheduler scheduler, Duration delay, Duration interval) {
    if (!closed) {
      nextRound = scheduler.after(delay, () -> runAndGoOn(scheduler, interval));
    }
  }

  private void runAndGoOn(Scheduler scheduler, Duration interval) {
    if (closed) {
      return;
    }
    Instant begin = scheduler.now();
    run()
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.error("A round of health checks failed", failure);
              }
              Duration taken = Duration.between(begin, scheduler.now());
              schedule(scheduler, interval.minus(taken), interval);
            });
  }

  /** One round. */
  CompletableFuture<Void> run() {
    return CompletableFuture.supplyAsync(store::all, storeThreads).thenCompose(this::checkAll);
  }

  private CompletableFuture<Void> checkAll(Map<UserName, Registration> users) {
    failing.keySet().retainAll(users.keySet());
    return CompletableFuture.allOf(
        users.entrySet().stream()
            .map(user -> checkOne(user.getKey(), user.getValue()))
            .toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<Void> checkOne(UserName user, Registration registration) {
    return check
        .check(registration.address())
        .thenAcceptAsync(well -> record(user, registration, well), storeThreads);
  }

  private void record(UserName user, Registration registration, boolean well) {
    if (well) {
      failing.remove(user);
      return;
    }
    Failing before = failing.get(user);
    boolean same = before != null && before.registration.equals(registration);
    int failures = same ? before.failures + 1 : 1;
    if (failures <= mayFail) {
      failing.put(user, new Failing(registration, failures));
    } else if (!closed) {
      failing.remove(user);
      remove(user, registration, failures);
    }
  }

  private void remove(UserName user, Registration registration, int failures) {
    if (store.replace(user, registration, null)) {
      LOG.info("Removed {}: {} checks failed in a row", user, failures);
    }
  }

  /** Begins no round any more, and removes nobody. */
  @Override
  public synchronized void close() {
    closed = true;
    nextRound.cancel();
  }
}
