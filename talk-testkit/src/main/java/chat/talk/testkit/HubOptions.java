package chat.talk.testkit;

import chat.talk.Scheduler;
import chat.talk.UserName;
import chat.talk.room.BlobStore;
import chat.talk.room.HubStorage;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jetbrains.annotations.Nullable;

/**
 * How {@link HubContract} wants a hub set up. Each {@code with…} method gives a copy that differs
 * in one thing.
 *
 * @param storage where it keeps what it knows; the contract closes it
 * @param scheduler whose time counts for the hub; its clients live by the system's
 * @param lastMessages how many messages of the general chat a newcomer gets
 * @param maxMessageSize the most characters of a message's text
 * @param maxScheduled how many scheduled messages of one user may wait
 * @param generalLimit how much each user may say in the general chat, null for as much as he likes
 * @param bans when reports lead to a ban
 * @param messageTtl how long a message stays once it was delivered to all it was for, null for ever
 * @param administrators who may ban, read the audit log and close connections
 * @param authenticator says whose a credential is, and may fail in any way that a function can;
 *     null for a hub that takes none
 * @param presenceInGeneral whether everybody is told of everybody's coming and going
 * @param closeWithin how long closing waits for clients to take the notice
 * @param reconnectWindow over how much time clients are asked to spread their return
 * @param blobs where the bytes of files are, null for a hub that keeps none; the contract closes it
 * @param maxFileSize the most bytes of a file
 * @param maxBodySize the most bytes of a text that is uploaded
 */
public record HubOptions(
    HubStorage storage,
    Scheduler scheduler,
    int lastMessages,
    int maxMessageSize,
    int maxScheduled,
    @Nullable Limit generalLimit,
    Bans bans,
    @Nullable Duration messageTtl,
    Set<UserName> administrators,
    @Nullable Function<String, CompletionStage<UserName>> authenticator,
    boolean presenceInGeneral,
    Duration closeWithin,
    Duration reconnectWindow,
    @Nullable BlobStore blobs,
    long maxFileSize,
    long maxBodySize) {
  static final long MAX_FILE_SIZE = 1 << 20;
  static final long ROOM_FOR_FILES = 1 << 25;

  /** Takes an unmodifiable copy of the administrators. */
  public HubOptions {
    administrators = Set.copyOf(administrators);
  }

  static HubOptions of(HubStorage storage, Scheduler scheduler) {
    return new HubOptions(
        storage,
        scheduler,
        20,
        1 << 20,
        1_000,
        null,
        new Bans(3, Duration.ofHours(24), Duration.ofHours(4)),
        null,
        Set.of(),
        null,
        false,
        Duration.ofSeconds(5),
        Duration.ofMillis(50),
        BlobStore.inMemory(ROOM_FOR_FILES, scheduler),
        MAX_FILE_SIZE,
        ROOM_FOR_FILES);
  }

  HubOptions withStorage(HubStorage other) {
    return with(next -> next.storage = other);
  }

  HubOptions withLastMessages(int count) {
    return with(next -> next.lastMessages = count);
  }

  HubOptions withMaxMessageSize(int characters) {
    return with(next -> next.maxMessageSize = characters);
  }

  HubOptions withMaxScheduled(int count) {
    return with(next -> next.maxScheduled = count);
  }

  HubOptions withGeneralLimit(int count, Duration window) {
    return with(next -> next.generalLimit = new Limit(count, window));
  }

  HubOptions withMessageTtl(Duration ttl) {
    return with(next -> next.messageTtl = ttl);
  }

  HubOptions withAdministrators(UserName... users) {
    return with(next -> next.administrators = Set.of(users));
  }

  HubOptions withAuthenticator(Function<String, CompletionStage<UserName>> checks) {
    return with(next -> next.authenticator = checks);
  }

  HubOptions withPresenceInGeneral() {
    return with(next -> next.presenceInGeneral = true);
  }

  HubOptions withCloseWithin(Duration grace) {
    return with(next -> next.closeWithin = grace);
  }

  HubOptions withReconnectWindow(Duration window) {
    return with(next -> next.reconnectWindow = window);
  }

  HubOptions withBlobs(@Nullable BlobStore other) {
    return with(next -> next.blobs = other);
  }

  HubOptions withMaxBodySize(long bytes) {
    return with(next -> next.maxBodySize = bytes);
  }

  private HubOptions with(Consumer<Copy> change) {
    Copy next = new Copy(this);
    change.accept(next);
    return next.options();
  }

  /** Options that are being changed. */
  private static final class Copy {
    private HubStorage storage;
    private final Scheduler scheduler;
    private int lastMessages;
    private int maxMessageSize;
    private int maxScheduled;
    private @Nullable Limit generalLimit;
    private final Bans bans;
    private @Nullable Duration messageTtl;
    private Set<UserName> administrators;
    private @Nullable Function<String, CompletionStage<UserName>> authenticator;
    private boolean presenceInGeneral;
    private Duration closeWithin;
    private Duration reconnectWindow;
    private @Nullable BlobStore blobs;
    private final long maxFileSize;
    private long maxBodySize;

    Copy(HubOptions from) {
      storage = from.storage;
      scheduler = from.scheduler;
      lastMessages = from.lastMessages;
      maxMessageSize = from.maxMessageSize;
      maxScheduled = from.maxScheduled;
      generalLimit = from.generalLimit;
      bans = from.bans;
      messageTtl = from.messageTtl;
      administrators = from.administrators;
      authenticator = from.authenticator;
      presenceInGeneral = from.presenceInGeneral;
      closeWithin = from.closeWithin;
      reconnectWindow = from.reconnectWindow;
      blobs = from.blobs;
      maxFileSize = from.maxFileSize;
      maxBodySize = from.maxBodySize;
    }

    HubOptions options() {
      return new HubOptions(
          storage,
          scheduler,
          lastMessages,
          maxMessageSize,
          maxScheduled,
          generalLimit,
          bans,
          messageTtl,
          administrators,
          authenticator,
          presenceInGeneral,
          closeWithin,
          reconnectWindow,
          blobs,
          maxFileSize,
          maxBodySize);
    }
  }

  /**
   * So many messages in a window of time that begins with the first of them.
   *
   * @param count the most messages
   * @param window its length
   */
  public record Limit(int count, Duration window) {}

  /**
   * A ban once enough users have reported somebody.
   *
   * @param reporters how many
   * @param within how far apart the first and the last of their reports may be
   * @param length of the ban
   */
  public record Bans(int reporters, Duration within, Duration length) {}
}
