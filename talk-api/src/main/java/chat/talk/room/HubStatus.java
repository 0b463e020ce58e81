package chat.talk.room;

import chat.talk.ChatId;
import java.time.Instant;
import java.util.List;
import org.jetbrains.annotations.Nullable;

/**
 * How things stand, for one user.
 *
 * @param time the hub's clock
 * @param storage what is in use of the storage
 * @param storageFailsSince since when the storage can't be read or can't be written, or has left
 *     the hub waiting; null while all is well. Until it works again the hub answers what it has in
 *     memory, of which some may not be stored yet, and refuses what has to be stored
 * @param general the chat that everybody is in
 * @param chatCount how many chats the hub has
 * @param chats the user's own, with what is unread
 * @param reports how often he was reported, ever: a ban leaves it as it is, and so does its end
 * @param bannedUntil when his ban ends, null when he may send
 */
public record HubStatus(
    Instant time,
    HubStorage.Usage storage,
    @Nullable Instant storageFailsSince,
    ChatId general,
    int chatCount,
    List<Chat> chats,
    int reports,
    @Nullable Instant bannedUntil) {
  /** Takes an unmodifiable copy of the chats. */
  public HubStatus {
    chats = List.copyOf(chats);
  }
}
