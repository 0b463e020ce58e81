package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Claim;
import chat.talk.Registry;
import chat.talk.UserAddress;
import chat.talk.UserName;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/** A registry that can be out of reach, or out of its mind. */
final class FailingRegistry implements Registry {
  private final Registry registry = Registry.inMemory();
  private volatile boolean down;
  private volatile @Nullable RuntimeException thrown;

  void goDown() {
    down = true;
  }

  /** Throws from now on, where it should return a future. */
  void goMad() {
    thrown = new IllegalStateException("a registry that throws");
  }

  void comeBack() {
    down = false;
    thrown = null;
  }

  @Override
  public CompletableFuture<Void> register(UserName user, UserAddress address, Claim claim) {
    return unlessDown(() -> registry.register(user, address, claim));
  }

  @Override
  public CompletableFuture<Void> update(UserName user, UserAddress address, Claim claim) {
    return unlessDown(() -> registry.update(user, address, claim));
  }

  @Override
  public CompletableFuture<Void> remove(UserName user, Claim claim) {
    return unlessDown(() -> registry.remove(user, claim));
  }

  @Override
  public CompletableFuture<Map<UserName, UserAddress>> users() {
    return unlessDown(registry::users);
  }

  private <T> CompletableFuture<T> unlessDown(Supplier<CompletableFuture<T>> call) {
    RuntimeException madness = thrown;
    if (madness != null) {
      throw madness;
    }
    return down
        ? CompletableFuture.failedFuture(
            new ChatException(Code.UNREACHABLE, "the registry is down"))
        : call.get();
  }
}
