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

/** A registry that can be out of reach. */
final class FailingRegistry implements Registry {
  private final Registry registry = Registry.inMemory();
  private volatile boolean down;

  void goDown() {
    down = true;
  }

  void comeBack() {
    down = false;
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
    return down
        ? CompletableFuture.failedFuture(
            new ChatException(Code.UNREACHABLE, "the registry is down"))
        : call.get();
  }
}
