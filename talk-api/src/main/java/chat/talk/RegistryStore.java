package chat.talk;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jetbrains.annotations.Nullable;

/**
 * Where a {@link Registry} keeps its users: three calls, which may block and come from many threads
 * at once. All rules live above it, so a store only has to be atomic.
 */
public interface RegistryStore {
  /**
   * One user's registration.
   *
   * @param user the name
   * @return what is stored, empty when the user is absent
   * @throws ChatException with {@link ChatException.Code#STORAGE} when the store failed
   */
  Optional<Registration> get(UserName user);

  /**
   * All registrations.
   *
   * @return an unmodifiable picture of the moment, in the order of the names
   * @throws ChatException with {@link ChatException.Code#STORAGE} when the store failed
   */
  Map<UserName, Registration> all();

  /**
   * Changes one registration if it still is what the caller believes: the only way to write.
   *
   * @param user the name
   * @param expected what must be stored now; null for: absent
   * @param next what to store; null for: remove
   * @return whether it was as expected, and is changed now
   * @throws ChatException with {@link ChatException.Code#STORAGE} when nothing was changed, {@link
   *     ChatException.Code#TIMED_OUT} when that is not known
   */
  boolean replace(UserName user, @Nullable Registration expected, @Nullable Registration next);

  /**
   * A store in this JVM's memory.
   *
   * @return a new and empty one
   */
  static RegistryStore inMemory() {
    return new InMemoryRegistryStore();
  }

  /**
   * What is kept about a user.
   *
   * @param address where the user's endpoint listens
   * @param claim the digest of the claim's secret, or null for an open name
   * @param revision another one whenever the user registers or moves, be it to where he was
   */
  record Registration(UserAddress address, @Nullable String claim, long revision) {
    /** Checks that there is an address. */
    public Registration {
      Objects.requireNonNull(address, "address");
    }
  }
}
