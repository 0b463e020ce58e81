package chat.talk;

import chat.talk.internal.Failures;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/**
 * Sets up a client that talks straight to other peers; {@link ChatClient#peer} begins one. Only a
 * registry and a transport are needed. Not safe for use by several threads.
 */
public final class PeerBuilder {
  /** How much of the memory's room may wait for the listener before senders are refused. */
  private static final long DEFAULT_BACKLOG = 16L << 20;

  final UserName name;
  @Nullable Registry registry;
  List<Transport> transports = List.of();
  ChatMessageListener listener = (me, message) -> {};
  String host = "127.0.0.1";
  int port;
  @Nullable UserAddress publicAddress;
  Claim claim = Claim.random();
  @Nullable Storage storage;
  Scheduler scheduler = Scheduler.system();
  Duration refresh = Duration.ofMinutes(2);
  Duration grace = Duration.ofSeconds(5);
  long maxBacklog = DEFAULT_BACKLOG;

  PeerBuilder(UserName name) {
    this.name = name;
  }

  /**
   * Where users are found, and where this one registers.
   *
   * @param registry remains the caller's
   * @return this
   */
  public PeerBuilder registry(Registry registry) {
    this.registry = Objects.requireNonNull(registry, "registry");
    return this;
  }

  /**
   * How messages travel. The first transport listens; all are used to send, each for the protocols
   * it speaks.
   *
   * @param first the one that listens
   * @param others more to send with
   * @return this
   */
  public PeerBuilder transport(Transport first, Transport... others) {
    this.transports = Stream.concat(Stream.of(first), Arrays.stream(others)).toList();
    return this;
  }

  /**
   * Who hears what is said; nobody unless set.
   *
   * @param listener as {@link ChatMessageListener} says
   * @return this
   */
  public PeerBuilder listener(ChatMessageListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Where to listen; {@code 127.0.0.1} and any free port unless set.
   *
   * @param host the local address
   * @param port 0 for any that is free
   * @return this
   */
  public PeerBuilder listenOn(String host, int port) {
    this.host = Objects.requireNonNull(host, "host");
    this.port = port;
    return this;
  }

  /**
   * What others are told to connect to, where that is not what the endpoint listens on: behind a
   * proxy, or when listening on all interfaces.
   *
   * @param address the address to register
   * @return this
   */
  public PeerBuilder publicAddress(UserAddress address) {
    this.publicAddress = Objects.requireNonNull(address, "address");
    return this;
  }

  /**
   * What keeps the name for this user; a random claim unless set. Keep one to take the name back
   * after a crash, before the registry has noticed.
   *
   * @param claim {@link Claim#NONE} to leave the name open
   * @return this
   */
  public PeerBuilder claim(Claim claim) {
    this.claim = Objects.requireNonNull(claim, "claim");
    return this;
  }

  /**
   * Where chats are kept; in memory, the newest 32 million characters, unless set. With a storage
   * that outlives the client, its next run goes on where this one's listener stopped.
   *
   * @param storage remains the caller's
   * @return this
   */
  public PeerBuilder storage(Storage storage) {
    this.storage = Objects.requireNonNull(storage, "storage");
    return this;
  }

  /**
   * Whose time counts; the system's unless set.
   *
   * @param scheduler the clock
   * @return this
   */
  public PeerBuilder scheduler(Scheduler scheduler) {
    this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    return this;
  }

  /**
   * How often the client asks the registry who is there, and registers again if it was forgotten;
   * every 2 minutes unless set.
   *
   * @param interval more than zero
   * @return this
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is not
   */
  public PeerBuilder refreshEvery(Duration interval) {
    this.refresh = positive("refreshEvery", interval);
    return this;
  }

  /**
   * How long {@link ChatClient#close()} waits for what is under way; 5 seconds unless set.
   *
   * @param grace more than zero
   * @return this
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is not
   */
  public PeerBuilder closeWithin(Duration grace) {
    this.grace = positive("closeWithin", grace);
    return this;
  }

  /**
   * How much may be stored but not yet taken by the listener; 16 million unless set. Senders are
   * refused with {@link ChatException.Code#OVERLOADED} while there is more.
   *
   * @param characters in characters of text; each message counts 256 besides
   * @return this
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is less than 1
   */
  public PeerBuilder maxBacklog(long characters) {
    if (characters < 1) {
      throw Failures.invalid("maxBacklog is at least 1, but was %d", characters);
    }
    this.maxBacklog = characters;
    return this;
  }

  /**
   * Opens the endpoint, registers, and returns a client that can be reached. Waits for the
   * registry's answer, as long as that registry's own timeouts allow.
   *
   * @return the running client
   * @throws ChatException {@link ChatException.Code#INVALID} when the registry or the transport is
   *     missing; {@link ChatException.Code#CANNOT_LISTEN}; {@link ChatException.Code#UNREACHABLE}
   *     or {@link ChatException.Code#TIMED_OUT} when the registry does not answer (in the latter
   *     case it may have taken the name); {@link ChatException.Code#NAME_TAKEN} and {@link
   *     ChatException.Code#FORBIDDEN} as the registry says. Nothing is left open then
   */
  public Peer start() {
    if (registry == null) {
      throw Failures.invalid("a peer needs a registry");
    }
    if (transports.isEmpty()) {
      throw Failures.invalid("a peer needs a transport");
    }
    return PeerClient.start(this);
  }

  private static Duration positive(String name, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw Failures.invalid("%s is more than zero, but was %s", name, duration);
    }
    return duration;
  }
}
