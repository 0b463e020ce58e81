package chat.talk;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Says where everybody lives. A name may be claimed: once it was registered with a {@link Claim},
 * only calls with the same claim may change or remove it; a name registered without one is open to
 * everybody. Methods may be called by any thread and do not block.
 *
 * <p>{@code RegistryContract} in talk-testkit says in tests what is written here.
 */
public interface Registry {
  /**
   * Takes a free name. Taking it again with the claim it has moves it to the new address, so that a
   * caller who missed the answer can repeat the call.
   *
   * @param user the name
   * @param address where the user's endpoint listens
   * @param claim keeps the name, or {@link Claim#NONE}
   * @return completes when the name is taken; fails with {@link ChatException.Code#NAME_TAKEN} when
   *     somebody has it without a claim, {@link ChatException.Code#FORBIDDEN} when it is claimed by
   *     another
   */
  CompletableFuture<Void> register(UserName user, UserAddress address, Claim claim);

  /**
   * Moves a user to an address, or registers him when he is absent. A claim counts only when the
   * name is registered anew by this call: a name that is open stays open.
   *
   * @param user the name
   * @param address where the user's endpoint listens
   * @param claim the one the name was registered with, or {@link Claim#NONE}
   * @return completes when done; fails with {@link ChatException.Code#FORBIDDEN} when the name is
   *     claimed by another
   */
  CompletableFuture<Void> update(UserName user, UserAddress address, Claim claim);

  /**
   * Removes a user, who may be absent.
   *
   * @param user the name
   * @param claim the one the name was registered with, or {@link Claim#NONE}
   * @return completes when done; fails with {@link ChatException.Code#FORBIDDEN} when the name is
   *     claimed by another
   */
  CompletableFuture<Void> remove(UserName user, Claim claim);

  /**
   * Everybody who is registered.
   *
   * @return an unmodifiable picture of the moment, in the order of the names
   */
  CompletableFuture<Map<UserName, UserAddress>> users();

  /**
   * A registry in this JVM's memory.
   *
   * @return a new and empty one
   */
  static Registry inMemory() {
    return on(RegistryStore.inMemory(), Runnable::run);
  }

  /**
   * A registry over a store of your choice.
   *
   * @param store keeps the registrations; remains the caller's
   * @param executor runs the store's calls, which may block
   * @return a registry that keeps the rules about claims
   */
  static Registry on(RegistryStore store, Executor executor) {
    return new StoreRegistry(store, executor);
  }
}
