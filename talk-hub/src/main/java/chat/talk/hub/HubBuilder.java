package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Scheduler;
import chat.talk.UserName;
import chat.talk.room.BlobStore;
import chat.talk.room.Hub;
import chat.talk.room.HubStorage;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jetbrains.annotations.Nullable;

/** Sets up a hub; {@link HubEngine#builder} begins one. Not safe for several threads. */
public final class HubBuilder {
  final HubStorage storage;
  Scheduler scheduler = Scheduler.system();
  @Nullable Executor executor;
  @Nullable RandomGenerator random;
  int lastMessages = 20;
  int maxMessageSize = 1 << 20;
  int maxScheduled = 1_000;
  LimitPolicy generalLimit = LimitPolicy.NONE;
  BanPolicy bans = BanPolicy.after(3, Duration.ofHours(24), Duration.ofHours(4));
  @Nullable Duration messageTtl;
  Set<UserName> administrators = Set.of();
  Authenticator authenticator = Authenticator.NONE;
  Duration grace = Duration.ofSeconds(5);
  Duration reconnectWindow = Duration.ofSeconds(10);
  boolean presenceInGeneral;
  int passwordCost = 12;
  @Nullable BlobStore blobs;
  long maxFileSize = 5 << 20;
  long maxBodySize = Long.MAX_VALUE;

  HubBuilder(HubStorage storage) {
    this.storage = Objects.requireNonNull(storage, "storage");
  }

  /**
   * Whose time counts; the system's unless set.
   *
   * @param scheduler the clock
   * @return this
   */
  public HubBuilder scheduler(Scheduler scheduler) {
    this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    return this;
  }

  /**
   * What all of the hub's work runs on: its decisions, and its calls of the storage, which may
   * block. Unless set, threads of its own. A simulation gives one that it is the master of.
   *
   * @param executor must run everything that it is given; needn't run it in order
   * @return this
   */
  public HubBuilder executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * What ids are made of, and what spreads the return of clients; a secure source unless set.
   *
   * @param random any source
   * @return this
   */
  public HubBuilder random(RandomGenerator random) {
    this.random = Objects.requireNonNull(random, "random");
    return this;
  }

  /**
   * How many messages of the general chat a newcomer gets; 20 unless set.
   *
   * @param count zero or more
   * @return this
   * @throws ChatException with {@link Code#INVALID} when it is negative
   */
  public HubBuilder lastMessages(int count) {
    this.lastMessages = Arguments.requireAtLeast("lastMessages", 0, count);
    return this;
  }

  /**
   * The most characters of a message's text; 1,048,576 unless set. Longer ones are refused with
   * {@link Code#TOO_LARGE}.
   *
   * @param characters at least 1
   * @return this
   * @throws ChatException with {@link Code#INVALID} when it is less
   */
  public HubBuilder maxMessageSize(int characters) {
    this.maxMessageSize = Arguments.requireAtLeast("maxMessageSize", 1, characters);
    return this;
  }

  /**
   * Where the bytes of files and of long texts are; unless set, they are refused. The hub deletes
   * in it what none of its messages refers to, so it must be this hub's alone.
   *
   * @param store remains the caller's
   * @return this
   */
  public HubBuilder blobs(BlobStore store) {
    this.blobs = Objects.requireNonNull(store, "store");
    return this;
  }

  /**
   * The most bytes of a file; 5,242,880 (5 MB) unless set. Larger ones are refused with {@link
   * Code#TOO_LARGE} as soon as they are.
   *
   * @param bytes at least 1
   * @return this
   * @throws ChatException with {@link Code#INVALID} when it is less
   */
  public HubBuilder maxFileSize(long bytes) {
    this.maxFileSize = Arguments.requireAtLeast("maxFileSize", 1, bytes);
    return this;
  }

  /**
   * The most bytes of a text that is uploaded, as it is too long to be sent at once; as many as the
   * blob store takes unless set.
   *
   * @param bytes at least 1
   * @return this
   * @throws ChatException with {@link Code#INVALID} when it is less
   */
  public HubBuilder maxBodySize(long bytes) {
    this.maxBodySize = Arguments.requireAtLeast("maxBodySize", 1, bytes);
    return this;
  }

  /**
   * How many scheduled messages of one user may wait; 1,000 unless set.
   *
   * @param count at least 1
   * @return this
   * @throws ChatException with {@link Code#INVALID} when it is less
   */
  public HubBuilder maxScheduled(int count) {
    this.maxScheduled = Arguments.requireAtLeast("maxScheduled", 1, count);
    return this;
  }

  /**
   * How much each user may say in the general chat; as much as he likes unless set. What a client
   * sends again after a break takes nothing of it: with a limit, each message there is looked up
   * first.
   *
   * @param policy decides about each message
   * @return this
   */
  public HubBuilder generalLimit(LimitPolicy policy) {
    this.generalLimit = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * When reports lead to a ban; unless set, for 4 hours once three users have reported somebody
   * within 24 hours.
   *
   * @param policy decides at each report
   * @return this
   */
  public HubBuilder bans(BanPolicy policy) {
    this.bans = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * How long a message stays after it was delivered to the last of those it was for; for ever
   * unless set.
   *
   * @param ttl more than zero and at most 100 years
   * @return this
   * @throws ChatException with {@link Code#INVALID} when it is not
   */
  public HubBuilder messageTtl(Duration ttl) {
    this.messageTtl = Arguments.requireSpan("messageTtl", ttl);
    return this;
  }

  /**
   * Who may ban, read the audit log, and close connections; nobody unless set.
   *
   * @param users their names
   * @return this
   */
  public HubBuilder administrators(UserName... users) {
    this.administrators = Set.of(users);
    return this;
  }

  /**
   * The application's own way to tell who somebody is; none unless set.
   *
   * @param authenticator checks credentials
   * @return this
   */
  public HubBuilder authenticator(Authenticator authenticator) {
    this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
    return this;
  }

  /**
   * How long {@link Hub#close()} waits for clients to take the notice; 5 seconds unless set.
   *
   * @param grace more than zero and at most 100 years
   * @return this
   * @throws ChatException with {@link Code#INVALID} when it is not
   */
  public HubBuilder closeWithin(Duration grace) {
    this.grace = Arguments.requireSpan("closeWithin", grace);
    return this;
  }

  /**
   * Over how much time clients are asked to spread their return after a shutdown; 10 seconds unless
   * set.
   *
   * @param window more than zero and at most 100 years
   * @return this
   * @throws ChatException with {@link Code#INVALID} when it is not
   */
  public HubBuilder reconnectWindow(Duration window) {
    this.reconnectWindow = Arguments.requireSpan("reconnectWindow", window);
    return this;
  }

  /**
   * Tells everybody of everybody's coming and going. Unless called, only those are told who share
   * another chat than the general one.
   *
   * @return this
   */
  public HubBuilder presenceInGeneral() {
    this.presenceInGeneral = true;
    return this;
  }

  /**
   * How slow it is to check a password: bcrypt does 2 to this power rounds. 12 unless set, about a
   * quarter of a second.
   *
   * @param cost 4 to 31
   * @return this
   * @throws ChatException with {@link Code#INVALID} when it is outside of that
   */
  public HubBuilder passwordCost(int cost) {
    if (cost > 31) {
      throw new ChatException(Code.INVALID, "passwordCost is at most 31, but was " + cost);
    }
    this.passwordCost = Arguments.requireAtLeast("passwordCost", 4, cost);
    return this;
  }

  /**
   * Reads what the storage holds and starts to serve.
   *
   * @return the running hub
   * @throws ChatException with {@link Code#STORAGE} when the storage can't be read
   */
  public HubEngine open() {
    return HubEngine.open(this);
  }
}
