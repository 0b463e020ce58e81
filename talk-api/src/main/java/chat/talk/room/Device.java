package chat.talk.room;

import java.time.Instant;
import org.jetbrains.annotations.Nullable;

/**
 * One of a user's devices.
 *
 * @param id names it to {@link Command.RevokeDevice}
 * @param since when it first came
 * @param online whether it is connected
 * @param letInBy the id of the device that {@linkplain Command.AddDevice let it in}, null when it
 *     came with the new name, has come with a password or a credential, or was let in before hubs
 *     noted it
 */
public record Device(String id, Instant since, boolean online, @Nullable String letInBy) {}
