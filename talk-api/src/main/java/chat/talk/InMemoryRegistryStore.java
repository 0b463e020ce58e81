package chat.talk;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jetbrains.annotations.Nullable;

/** A sorted map; readers share one copy of it until it changes. Guarded by this. */
final class InMemoryRegistryStore implements RegistryStore {
  private final SortedMap<UserName, Registration> users = new TreeMap<>();
  private @Nullable Map<UserName, Registration> picture;

  @Override
  public synchronized Optional<Registration> get(UserName user) {
    return Optional.ofNullable(users.get(user));
  }

  @Override
  public synchronized Map<UserName, Registration> all() {
    if (picture == null) {
      picture = Collections.unmodifiableMap(new TreeMap<>(users));
    }
    return picture;
  }

  @Override
  public synchronized boolean replace(
      UserName user, @Nullable Registration expected, @Nullable Registration next) {
    if (!Objects.equals(users.get(user), expected)) {
      return false;
    }
    if (next == null) {
      users.remove(user);
    } else {
      users.put(user, next);
    }
    picture = null;
    return true;
  }
}
