package chat.talk.cli;

import chat.talk.RegistryStore;
import chat.talk.UserName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jetbrains.annotations.Nullable;

/** A store whose changes can be held back. */
final class SlowStore implements RegistryStore {
  private static final long PATIENCE_SECONDS = 20;

  private final RegistryStore store = RegistryStore.inMemory();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch changed = new CountDownLatch(1);
  private volatile CountDownLatch gate = new CountDownLatch(0);

  void holdBack() {
    gate = new CountDownLatch(1);
  }

  void letThrough() {
    gate.countDown();
  }

  /** Waits until somebody asked for a change. */
  void awaitEntry() throws InterruptedException {
    await(entered);
  }

  /** Waits until the first change was made. */
  void awaitChange() throws InterruptedException {
    await(changed);
  }

  void forgetAll() {
    store.all().forEach((user, registration) -> store.replace(user, registration, null));
  }

  @Override
  public Optional<Registration> get(UserName user) {
    return store.get(user);
  }

  @Override
  public Map<UserName, Registration> all() {
    return store.all();
  }

  @Override
  public boolean replace(
      UserName user, @Nullable Registration expected, @Nullable Registration next) {
    entered.countDown();
    try {
      await(gate);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean done = store.replace(user, expected, next);
    changed.countDown();
    return done;
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("waited in vain");
    }
  }
}
