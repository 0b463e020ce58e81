package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Draft;
import chat.talk.UserName;
import java.time.Instant;
import java.util.Objects;
import org.jetbrains.annotations.Nullable;

/**
 * A message that is sent later. It is checked against bans, limits and membership when it falls
 * due, not before; the hub remembers for a day what became of it, of as many as may wait.
 *
 * @param author who wrote it
 * @param draft the message; its id is the schedule's as well
 * @param at when it falls due
 * @param state what has become of it
 * @param why the refusal, when it was refused
 * @param ended since when it waits no more, null while it does
 */
public record Scheduled(
    UserName author,
    Draft draft,
    Instant at,
    State state,
    @Nullable Code why,
    @Nullable Instant ended)
    implements Fact {
  /**
   * Checks the parts.
   *
   * @throws ChatException with {@link Code#INVALID} when only one of state and end says that it
   *     waits
   */
  public Scheduled {
    Objects.requireNonNull(author, "author");
    Objects.requireNonNull(draft, "draft");
    Objects.requireNonNull(at, "at");
    if ((state == State.WAITING) != (ended == null)) {
      throw new ChatException(
          Code.INVALID, "a scheduled message has an end when it waits no more: " + state);
    }
  }

  /**
   * A message that waits.
   *
   * @param author who wrote it
   * @param draft the message
   * @param at when it falls due
   */
  public Scheduled(UserName author, Draft draft, Instant at) {
    this(author, draft, at, State.WAITING, null, null);
  }

  /**
   * The same when it waits no more.
   *
   * @param how what has become of it
   * @param when since when
   * @return the message
   */
  public Scheduled became(State how, Instant when) {
    return new Scheduled(author, draft, at, how, null, when);
  }

  /**
   * The same when it was refused.
   *
   * @param reason why
   * @param when since when
   * @return the message
   */
  public Scheduled refused(Code reason, Instant when) {
    return new Scheduled(author, draft, at, State.REFUSED, reason, when);
  }

  /**
   * Whether it is still to be sent.
   *
   * @return true while it is {@link State#WAITING}
   */
  public boolean waits() {
    return state == State.WAITING;
  }

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
