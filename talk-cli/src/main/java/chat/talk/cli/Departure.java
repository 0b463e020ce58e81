package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.Claim;
import chat.talk.Registry;
import chat.talk.UserAddress;
import chat.talk.UserName;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A registry that keeps in mind whether a name was given back: a client would only log it. */
final class Departure implements Registry {
  private final Registry registry;
  private volatile CompletableFuture<Void> removal = CompletableFuture.completedFuture(null);

  Departure(Registry registry) {
    this.registry = registry;
  }

  /**
   * Tells how the last removal went.
   *
   * @throws Failure when the name may be on the registry still
   */
  void require(UserName name) {
    if (!removal.isDone()) {
      throw stays(name, "no answer in time");
    }
    try {
      removal.join();
    } catch (RuntimeException e) {
      ChatException failure = ChatException.of(e);
      if (failure.code() != ChatException.Code.UNKNOWN_USER) {
        throw stays(name, Printable.reason(failure));
      }
    }
  }

  private static Failure stays(UserName name, String why) {
    return new Failure(ExitCode.NO_REGISTRY, name + " could not be taken off the registry: " + why);
  }

  @Override
  public CompletableFuture<Void> register(UserName user, UserAddress address, Claim claim) {
    return registry.register(user, address, claim);
  }

  @Override
  public CompletableFuture<Void> update(UserName user, UserAddress address, Claim claim) {
    return registry.update(user, address, claim);
  }

  @Override
  public CompletableFuture<Void> remove(UserName user, Claim claim) {
    removal = registry.remove(user, claim);
    return removal.exceptionally(failure -> null);
  }

  @Override
  public CompletableFuture<Map<UserName, UserAddress>> users() {
    return registry.users();
  }
}
