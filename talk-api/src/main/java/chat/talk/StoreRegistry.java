package chat.talk;

import chat.talk.ChatException.Code;
import chat.talk.RegistryStore.Registration;
import chat.talk.internal.Futures;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/** The rules about names and claims, over any store. */
final class StoreRegistry implements Registry {
  private final RegistryStore store;
  private final Executor executor;
  private volatile Picture picture = new Picture(Map.of(), Map.of());

  StoreRegistry(RegistryStore store, Executor executor) {
    this.store = Objects.requireNonNull(store, "store");
    this.executor = Objects.requireNonNull(executor, "executor");
  }

  @Override
  public CompletableFuture<Void> register(UserName user, UserAddress address, Claim claim) {
    return put(user, address, claim, true);
  }

  @Override
  public CompletableFuture<Void> update(UserName user, UserAddress address, Claim claim) {
    return put(user, address, claim, false);
  }

  /** Only an open name is somebody else's who registers it; a claimed one is its claimant's. */
  private CompletableFuture<Void> put(
      UserName user, UserAddress address, Claim claim, boolean takesName) {
    return change(
        user,
        current -> {
          if (current == null) {
            return registration(address, claim.digest());
          }
          requireOpen(user, current, claim);
          if (takesName && current.claim() == null) {
            throw new ChatException(Code.NAME_TAKEN, "the name " + user + " is taken");
          }
          return registration(address, current.claim());
        });
  }

  @Override
  public CompletableFuture<Void> remove(UserName user, Claim claim) {
    return change(
        user,
        current -> {
          requireOpen(user, current, claim);
          return null;
        });
  }

  @Override
  public CompletableFuture<Map<UserName, UserAddress>> users() {
    return run(this::picture);
  }

  private Map<UserName, UserAddress> picture() {
    Map<UserName, Registration> all = store.all();
    Picture last = picture;
    if (last.source != all) {
      last = new Picture(all, addresses(all));
      picture = last;
    }
    return last.addresses;
  }

  private static Map<UserName, UserAddress> addresses(Map<UserName, Registration> all) {
    Map<UserName, UserAddress> addresses = new LinkedHashMap<>();
    all.forEach((user, registration) -> addresses.put(user, registration.address()));
    return Collections.unmodifiableMap(addresses);
  }

  private CompletableFuture<Void> change(UserName user, Change change) {
    return run(
        () -> {
          Registration current;
          Registration next;
          do {
            current = store.get(user).orElse(null);
            next = change.apply(current);
          } while (!Objects.equals(current, next) && !store.replace(user, current, next));
          return null;
        });
  }

  private <T> CompletableFuture<T> run(Supplier<T> task) {
    return Futures.attempt(() -> CompletableFuture.supplyAsync(task, executor));
  }

  private static Registration registration(UserAddress address, @Nullable String claim) {
    return new Registration(address, claim, ThreadLocalRandom.current().nextLong());
  }

  private static void requireOpen(UserName user, @Nullable Registration current, Claim claim) {
    if (current != null && !claim.opens(current.claim())) {
      throw new ChatException(Code.FORBIDDEN, "the name " + user + " is claimed by somebody else");
    }
  }

  /** What becomes of a registration, which may be absent before or after; throws to refuse. */
  private interface Change {
    @Nullable
    Registration apply(@Nullable Registration current);
  }

  /** The addresses made out of a store's picture, kept while the store gives out the same one. */
  private record Picture(
      Map<UserName, Registration> source, Map<UserName, UserAddress> addresses) {}
}
