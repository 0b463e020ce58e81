package chat.talk.room;

import java.time.Instant;

/**
 * One of a user's devices.
 *
 * @param id names it to {@link Command.RevokeDevice}
 * @param since when it first came
 * @param online whether it is connected
 */
public record Device(String id, Instant since, boolean online) {}
