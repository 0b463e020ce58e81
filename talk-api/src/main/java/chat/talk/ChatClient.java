package chat.talk;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A user's end of a chat: sends, listens and reads, the same whether the others are in this JVM,
 * peers on the network or behind a hub.
 *
 * <pre>{@code
 * Registry registry = Registry.inMemory();
 * Transport loopback = Transport.loopback();
 * ChatClient bob = ChatClient.peer("bob").registry(registry).transport(loopback)
 *     .listener((me, message) -> System.out.println(message.author() + ": " + message.text()))
 *     .start();
 * ChatClient alice = ChatClient.peer("alice").registry(registry).transport(loopback).start();
 * alice.send("bob", "Hello").join();
 * }</pre>
 *
 * <p>All methods may be called by any thread, the listener's included, and none but {@link
 * #close()} waits for anything. Futures complete on threads of the client: hand long work to your
 * own.
 */
public interface ChatClient extends AutoCloseable {
  /**
   * Begins a client that talks straight to other peers.
   *
   * @param name the user's name
   * @return what to set up and {@link PeerBuilder#start()}
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is no name
   */
  static PeerBuilder peer(String name) {
    return new PeerBuilder(UserName.of(name));
  }

  /**
   * Who this client speaks for.
   *
   * @return the user's name
   */
  UserName name();

  /**
   * Sends a message. Messages to one user arrive in the order of the calls. A lost connection is
   * retried a few times; the message's id keeps a retry from doubling it. Only a hub promises all
   * readers of a chat one order: between peers each orders his own log as things reach him, so a
   * quick answer may stand before the message in the sender's log; the promise is first in, first
   * out per sender.
   *
   * @param draft the message; may be one that failed before, to try again
   * @return completes once the receiver has stored the message, with the entry under which this
   *     client's own log keeps it; fails with a {@link ChatException}: {@link
   *     ChatException.Code#UNKNOWN_USER}, {@link ChatException.Code#NO_TRANSPORT}, {@link
   *     ChatException.Code#UNREACHABLE} and {@link ChatException.Code#TIMED_OUT} (the message may
   *     have arrived), what the receiver refused it with, {@link ChatException.Code#OVERLOADED}
   *     when too much waits for this user already, or {@link ChatException.Code#CLOSED}
   */
  CompletableFuture<Entry> send(Draft draft);

  /**
   * Sends a text to a user or into a chat, as {@link #send(Draft)} does.
   *
   * @param to whom it goes to
   * @param text any Unicode text
   * @return as {@link #send(Draft)}
   * @throws ChatException with {@link ChatException.Code#INVALID} when the text is no Unicode
   */
  default CompletableFuture<Entry> send(Recipient to, String text) {
    return send(Draft.of(to, text));
  }

  /**
   * Sends a text to a user, as {@link #send(Draft)} does.
   *
   * @param to the user's name
   * @param text any Unicode text
   * @return as {@link #send(Draft)}
   * @throws ChatException with {@link ChatException.Code#INVALID} when the name is none or the text
   *     is no Unicode
   */
  default CompletableFuture<Entry> send(String to, String text) {
    return send(UserName.of(to), text);
  }

  /**
   * Reads forwards.
   *
   * @param chat where; one of this user's chats, which may be empty still
   * @param after the cursor to read on from, {@link Cursor#START} for the beginning
   * @param limit the most entries wanted, at least 1; a page may hold fewer
   * @return the page; fails with {@link ChatException.Code#FORBIDDEN} for a chat that the user is
   *     not in, {@link ChatException.Code#INVALID} for a limit below 1, {@link
   *     ChatException.Code#STORAGE} or {@link ChatException.Code#CLOSED}
   */
  CompletableFuture<Page> readAfter(ChatId chat, Cursor after, int limit);

  /**
   * Reads backwards.
   *
   * @param chat where; one of this user's chats, which may be empty still
   * @param before the cursor to read back from, {@link Cursor#END} for the newest page
   * @param limit the most entries wanted, at least 1; a page may hold fewer
   * @return the page, oldest entry first; fails with {@link ChatException.Code#INVALID} for a limit
   *     below 1, {@link ChatException.Code#STORAGE} or {@link ChatException.Code#CLOSED}
   */
  CompletableFuture<Page> readBefore(ChatId chat, Cursor before, int limit);

  /**
   * How the client stands.
   *
   * @return the state of this moment; changes are told as {@link Notice.StateChanged}, with the
   *     reason
   */
  State state();

  /**
   * What this kind of client can do.
   *
   * @return the same set at all times
   */
  Set<Capability> capabilities();

  /**
   * Takes the user off, answers what is under way, delivers what has arrived to the listener, and
   * stops; what could not be sent fails with {@link ChatException.Code#CLOSED}. Returns within the
   * grace that the client was built with (5 seconds unless set) and a little, even when the
   * listener or the network is stuck; a stuck listener is interrupted then. Called from the
   * listener, it does not wait for that call. A second call returns at once, even while the first
   * is at work.
   */
  @Override
  void close();

  /** How a client stands. */
  enum State {
    /** Reachable: others can find it, and it can find them. */
    CONNECTED,
    /** The registry or hub cannot be reached at present; the client keeps trying. */
    DISCONNECTED,
    /** Closed for good. */
    CLOSED
  }
}
