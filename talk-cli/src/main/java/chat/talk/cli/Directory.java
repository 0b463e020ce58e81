package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.Registry;
import chat.talk.UserAddress;
import chat.talk.UserName;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The registry as the terminal uses it.
 *
 * @param registry the registry itself
 * @param protocols what a message can be sent over from here
 */
record Directory(Registry registry, Set<String> protocols) {
  /** Everybody, by name; fails with a message that fits a terminal. */
  CompletableFuture<Map<UserName, UserAddress>> users() {
    return registry.users().handle(this::answer);
  }

  private Map<UserName, UserAddress> answer(Map<UserName, UserAddress> users, Throwable failure) {
    if (failure != null) {
      ChatException known = ChatException.of(failure);
      String reason = Printable.reason(known);
      throw new ChatException(known.code(), "asking the registry failed: " + reason);
    }
    return new TreeMap<>(users);
  }

  boolean canReach(UserAddress address) {
    return protocols.contains(address.protocol());
  }
}
