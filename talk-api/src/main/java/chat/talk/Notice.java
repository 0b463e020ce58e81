package chat.talk;

import chat.talk.ChatException.Code;
import java.time.Duration;
import java.time.Instant;
import org.jetbrains.annotations.Nullable;

/**
 * What a client tells its listener besides log entries. Notices stand in no log: whoever is away
 * misses them, and asks for what they were about when he is back. New kinds may be added, so a
 * {@code switch} over notices needs a default.
 */
public sealed interface Notice {
  /**
   * The client's state is another one now.
   *
   * @param state the new state; {@link ChatClient.State#CLOSED} is the last notice of all
   * @param why with what the hub ended the connection or refused another one, {@link
   *     Code#UNREACHABLE} when it broke; for a peer, why the registry can't be used. Null for a
   *     client that is connected, or that the application has closed
   * @param reason the same, for a person; null where {@code why} is
   */
  record StateChanged(ChatClient.State state, @Nullable Code why, @Nullable String reason)
      implements Notice {
    /**
     * A change that needs no reason.
     *
     * @param state the new state
     */
    public StateChanged(ChatClient.State state) {
      this(state, null, null);
    }
  }

  /**
   * Entries of a chat were dropped by its storage before this listener got them; they will not
   * come. What comes next is the oldest entry that is left.
   *
   * @param chat where
   * @param after the last place that was delivered
   */
  record Lost(ChatId chat, Cursor after) implements Notice {}

  /**
   * The hub is about to close the connection; the client comes back by itself.
   *
   * @param reason why, for a person
   * @param reconnectAfter when to come back: another time for each client, so that not all come at
   *     once; a client waits for a day at most
   */
  record GoingAway(String reason, Duration reconnectAfter) implements Notice {}

  /**
   * The user is in a chat that was not among his before.
   *
   * @param chat which
   */
  record Entered(ChatId chat) implements Notice {}

  /**
   * The user is in a chat no more.
   *
   * @param chat which
   */
  record Left(ChatId chat) implements Notice {}

  /**
   * The user was invited to a chat.
   *
   * @param chat which
   * @param by who invited him
   */
  record Invited(ChatId chat, UserName by) implements Notice {}

  /**
   * Somebody asks to be let into a chat that the user owns.
   *
   * @param chat which
   * @param by who asks
   */
  record Requested(ChatId chat, UserName by) implements Notice {}

  /**
   * The user has read up to a place, on this or another of his devices. Told at once: it may be
   * ahead of what is stored, which is what a hub answers, and be taken back with it by a crash.
   *
   * @param chat where
   * @param upTo the place behind the last entry that he has read
   */
  record Read(ChatId chat, Cursor upTo) implements Notice {}

  /**
   * The user may not send for some time.
   *
   * @param until when that ends; a time that is past tells that he may again
   */
  record Banned(Instant until) implements Notice {}

  /**
   * Something of the user's was refused when nobody waited for the answer any more: a scheduled
   * message that fell due; or what an {@link chat.talk.room.Outbox} had kept from an earlier
   * client: a message, or the change of one.
   *
   * @param message its id
   * @param why the refusal
   */
  record NotSent(MessageId message, Code why) implements Notice {}

  /** What is going on just now: the latest word counts, older ones may be skipped. */
  sealed interface Signal extends Notice {}

  /**
   * Somebody is writing, or has stopped.
   *
   * @param chat where
   * @param user who
   * @param active whether he writes
   */
  record Typing(ChatId chat, UserName user, boolean active) implements Signal {}

  /**
   * Somebody with whom the user shares a chat has come or gone.
   *
   * @param user who
   * @param online whether any of his devices is connected
   */
  record Presence(UserName user, boolean online) implements Signal {}
}
