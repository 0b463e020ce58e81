package chat.talk.room;

import chat.talk.UserName;
import java.time.Instant;

/**
 * A user who may not send for some time.
 *
 * @param user who
 * @param until when it ends
 */
public record Ban(UserName user, Instant until) {}
