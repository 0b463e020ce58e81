package chat.talk.room;

import chat.talk.UserName;
import java.time.Instant;

/**
 * A session as an administrator sees it.
 *
 * @param id names it to {@link Command.Disconnect} and {@link Command.Check}
 * @param user whose
 * @param device which of his devices
 * @param since when it began
 * @param lastPoll when its client last took something; long ago, while {@code behind}, when it is
 *     stuck
 * @param behind in how many chats its client has something to take
 */
public record Connection(
    long id, UserName user, String device, Instant since, Instant lastPoll, int behind) {}
