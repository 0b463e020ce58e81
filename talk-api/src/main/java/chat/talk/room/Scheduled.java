package chat.talk.room;

import chat.talk.ChatException.Code;
import chat.talk.Draft;
import chat.talk.UserName;
import java.time.Instant;
import org.jetbrains.annotations.Nullable;

/**
 * A message that is sent later. It is checked against bans, limits and membership when it falls
 * due, not before; the hub remembers for a day what became of it.
 *
 * @param author who wrote it
 * @param draft the message; its id is the schedule's as well
 * @param at when it falls due
 * @param state what has become of it
 * @param why the refusal, when it was refused
 */
public record Scheduled(UserName author, Draft draft, Instant at, State state, @Nullable Code why)
    implements Fact {
  @Override
  public Key key() {
    return new Key("scheduled", author.value(), draft.id().value());
  }

  /** What has become of a scheduled message. */
  public enum State {
    /** It is not due yet, and may be changed and cancelled. */
    WAITING,
    /** It is in the chat's log. */
    SENT,
    /** Its author called it off in time: it never appears. */
    CANCELLED,
    /** It fell due and was refused. */
    REFUSED
  }
}
