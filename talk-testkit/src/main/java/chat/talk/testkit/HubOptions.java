package chat.talk.testkit;

import chat.talk.Scheduler;
import chat.talk.UserName;
import chat.talk.room.HubStorage;
import java.time.Duration;
import java.util.Set;
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
 * @param closeWithin how long closing waits for clients to take the notice
 * @param reconnectWindow over how much time clients are asked to spread their return
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
    Duration closeWithin,
    Duration reconnectWindow) {
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
        Duration.ofSeconds(5),
        Duration.ofMillis(50));
  }

  HubOptions withStorage(HubStorage other) {
    return new HubOptions(
        other,
        scheduler,
        lastMessages,
        maxMessageSize,
        maxScheduled,
        generalLimit,
        bans,
        messageTtl,
        administrators,
        closeWithin,
        reconnectWindow);
  }

  HubOptions withLastMessages(int count) {
    return new HubOptions(
        storage,
        scheduler,
        count,
        maxMessageSize,
        maxScheduled,
        generalLimit,
        bans,
        messageTtl,
        administrators,
        closeWithin,
        reconnectWindow);
  }

  HubOptions withMaxMessageSize(int characters) {
    return new HubOptions(
        storage,
        scheduler,
        lastMessages,
        characters,
        maxScheduled,
        generalLimit,
        bans,
        messageTtl,
        administrators,
        closeWithin,
        reconnectWindow);
  }

  HubOptions withMaxScheduled(int count) {
    return new HubOptions(
        storage,
        scheduler,
        lastMessages,
        maxMessageSize,
        count,
        generalLimit,
        bans,
        messageTtl,
        administrators,
        closeWithin,
        reconnectWindow);
  }

  HubOptions withGeneralLimit(int count, Duration window) {
    return new HubOptions(
        storage,
        scheduler,
        lastMessages,
        maxMessageSize,
        maxScheduled,
        new Limit(count, window),
        bans,
        messageTtl,
        administrators,
        closeWithin,
        reconnectWindow);
  }

  HubOptions withMessageTtl(Duration ttl) {
    return new HubOptions(
        storage,
        scheduler,
        lastMessages,
        maxMessageSize,
        maxScheduled,
        generalLimit,
        bans,
        ttl,
        administrators,
        closeWithin,
        reconnectWindow);
  }

  HubOptions withAdministrators(UserName... users) {
    return new HubOptions(
        storage,
        scheduler,
        lastMessages,
        maxMessageSize,
        maxScheduled,
        generalLimit,
        bans,
        messageTtl,
        Set.of(users),
        closeWithin,
        reconnectWindow);
  }

  HubOptions withCloseWithin(Duration grace) {
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
        grace,
        reconnectWindow);
  }

  HubOptions withReconnectWindow(Duration window) {
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
        closeWithin,
        window);
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
