package chat.talk;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Carries messages from peer to peer: the seam for a network of your own. A transport only moves
 * {@link Envelope}s; looking up addresses, retries, order between chats and doubles are the
 * client's business. It holds nothing itself: sockets and threads belong to the endpoints and
 * connections it makes, and go when those are closed, so one transport may serve many clients.
 *
 * <p>{@code TransportContract} in talk-testkit says in tests what is written here: a new transport
 * extends it.
 */
public interface Transport {
  /**
   * The protocols of the addresses it can connect to, as {@link UserAddress#protocol()} has them.
   *
   * @return one or more, always the same
   */
  Set<String> protocols();

  /**
   * Starts to take in messages.
   *
   * @param host the local address to listen at
   * @param port the port, 0 for any that is free
   * @param receiver gets every message
   * @return the endpoint, which is ready
   * @throws ChatException with {@link ChatException.Code#CANNOT_LISTEN} when it cannot listen there
   */
  Endpoint open(String host, int port, Receiver receiver);

  /**
   * Prepares to send to an address. Returns at once: whether anybody is there shows when a message
   * is delivered.
   *
   * @param address an address of one of {@link #protocols()}
   * @return the connection
   */
  Connection connect(UserAddress address);

  /**
   * A transport inside this JVM. Clients that are given the same instance reach each other, and
   * nobody else does.
   *
   * @return a new one
   */
  static Transport loopback() {
    return new LoopbackTransport();
  }

  /** The receiving end: the only thing a transport sees of a client. */
  @FunctionalInterface
  interface Receiver {
    /**
     * Takes a message in. Returns at once; may be called by any thread. Messages of one connection
     * must be handed over in their order.
     *
     * @param envelope the message
     * @return completes when the message is stored; fails with a {@link ChatException} that the
     *     transport carries back to the sender, its code included. A receiver that throws, or fails
     *     with something else, is answered with {@link ChatException.Code#INTERNAL}
     */
    CompletableFuture<Void> receive(Envelope envelope);
  }

  /** A place that takes in messages until it is closed. */
  interface Endpoint extends AutoCloseable {
    /**
     * Where it listens, with the port that it really has.
     *
     * @return an address that {@link Transport#connect} reaches from the same machine
     */
    UserAddress address();

    /** Stops listening and answers what has been taken in. Bounded in time; twice does nothing. */
    @Override
    void close();
  }

  /** A way to one address, for messages in their order. */
  interface Connection extends AutoCloseable {
    /**
     * Hands a message over. Never blocks; messages are received in the order of the calls. The
     * caller bounds how many are under way.
     *
     * @param envelope the message
     * @return completes when the receiver has stored the message; fails with what he answered, or
     *     with {@link ChatException.Code#UNREACHABLE}, {@link ChatException.Code#TIMED_OUT} or
     *     {@link ChatException.Code#BAD_ANSWER} when there was no proper answer. After one of those
     *     three the connection is spent: all that is under way fails, and what comes later too
     */
    CompletableFuture<Void> deliver(Envelope envelope);

    /** Gives it up; what is under way fails. Bounded in time; twice does nothing. */
    @Override
    void close();
  }
}
