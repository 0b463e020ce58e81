package chat.talk;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A client that talks straight to other peers; {@link ChatClient#peer} makes one. */
public interface Peer extends ChatClient {
  /**
   * Where this peer is registered.
   *
   * @return the address that others connect to
   */
  UserAddress address();

  /**
   * Who is there, asked of the registry (one question at a time: who asks while an answer is
   * awaited gets the same). What is sent afterwards goes where this says.
   *
   * @return an unmodifiable picture of the moment, in the order of the names; fails as {@link
   *     Registry#users()} does
   */
  CompletableFuture<Map<UserName, UserAddress>> users();

  /**
   * Whether one of the transports here speaks an address's protocol.
   *
   * @param address where somebody lives
   * @return false when a message there fails with {@link ChatException.Code#NO_TRANSPORT}
   */
  boolean canReach(UserAddress address);
}
