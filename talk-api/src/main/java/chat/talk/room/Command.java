package chat.talk.room;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.UserName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that a user's client can ask of a hub. {@link HubClient} has a method for each but
 * {@link Acknowledge}, which it asks by itself. To ask the same again, after an answer was lost,
 * changes nothing more.
 *
 * <p>Any command may fail with {@link Code#INVALID}, {@link Code#STORAGE}, {@link Code#OVERLOADED}
 * and {@link Code#CLOSED}; one that names a chat, with {@link Code#FORBIDDEN} when the user isn't
 * in it or there is none; one that only a chat's owner may ask, with {@link Code#FORBIDDEN}; one
 * that changes a closed chat, with {@link Code#GONE}.
 *
 * @param <R> what comes back
 */
public sealed interface Command<R> {
  // Messages.

  /**
   * Sends a message: to a user, into the direct chat with him, which is made on first use; or into
   * a chat. Under the id of one that was sent it is a repeat, whatever it says, and answered with
   * the first one's entry. Also fails with {@link Code#UNKNOWN_USER}, {@link Code#BANNED}, {@link
   * Code#LIMITED}, {@link Code#TOO_LARGE}; as a comment, with {@link Code#NOT_FOUND} when there is
   * no such message in the chat, {@link Code#GONE} when it is blank; with an attachment, with
   * {@link Code#NOT_FOUND} when this user has not uploaded it lately; with {@link Code#CONFLICT}
   * when a scheduled message that was not sent has its id.
   */
  record Send(Draft draft) implements Command<Entry> {}

  /**
   * Gives a message of the user's own another text, instead of its body too. {@link Code#NOT_FOUND}
   * when there is none, {@link Code#GONE} when it is blank, {@link Code#BANNED}, {@link
   * Code#LIMITED}, {@link Code#TOO_LARGE}.
   */
  record Edit(MessageId message, String text) implements Command<Entry> {}

  /** Takes away the text and attachment of a message of the user's own. {@link Code#NOT_FOUND}. */
  record Erase(MessageId message) implements Command<Entry> {}

  /** Finds one message of the user's chats. {@link Code#NOT_FOUND}. */
  record Find(MessageKey message) implements Command<Entry> {}

  /** Reads forwards, as {@link chat.talk.ChatClient#readAfter} does. */
  record ReadAfter(ChatId chat, Cursor after, int limit) implements Command<Page> {}

  /** Reads backwards, as {@link chat.talk.ChatClient#readBefore} does. */
  record ReadBefore(ChatId chat, Cursor before, int limit) implements Command<Page> {}

  /** Lists the comments on a message, forwards from a place. {@link Code#NOT_FOUND}. */
  record Comments(MessageKey message, Cursor after, int limit) implements Command<Page> {}

  // How far the user has come.

  /**
   * Says how far the client has taken what it was fed. The hub may save it a little later: it only
   * spares a client that forgets its cursors from getting things again.
   *
   * @param upTo for each chat, the place behind the last entry taken; an unknown chat is passed
   *     over
   * @param read whether the user has read that far as well
   */
  record Acknowledge(Map<ChatId, Cursor> upTo, boolean read) implements Command<Void> {
    /** Takes an unmodifiable copy, in the same order; nothing in it may be missing. */
    public Acknowledge {
      upTo = Collections.unmodifiableMap(new LinkedHashMap<>(upTo));
      upTo.forEach((chat, cursor) -> requireBoth(chat, cursor));
    }

    private static void requireBoth(ChatId chat, Cursor cursor) {
      Objects.requireNonNull(chat, "chat");
      Objects.requireNonNull(cursor, "cursor");
    }
  }

  /** Says that the user has read up to a place; one before what he has read changes nothing. */
  record MarkRead(ChatId chat, Cursor upTo) implements Command<Void> {}

  /** Lists the user's chats, the general one first, with what is unread. */
  record Chats() implements Command<List<Chat>> {}

  /** Says how things stand. */
  record Status() implements Command<HubStatus> {}

  // Private chats.

  /**
   * Makes a private chat, owned by the user.
   *
   * @param chat its id, as {@link ChatId#random()} makes one: {@link Code#CONFLICT} when there is
   *     another such chat, {@link Code#INVALID} when it holds a {@code ~}
   * @param title 1 to {@value #MAX_TITLE} characters, none of them a control character
   */
  record Create(ChatId chat, String title) implements Command<Chat> {}

  /** Gives a chat another title; for its owner. */
  record Rename(ChatId chat, String title) implements Command<Void> {}

  /** Makes another member the owner; for the owner. {@link Code#UNKNOWN_USER} when he is none. */
  record HandOver(ChatId chat, UserName to) implements Command<Void> {}

  /** Ends a chat: it can be read, and nothing more be said; for its owner. */
  record Close(ChatId chat) implements Command<Void> {}

  /**
   * Goes out of a private chat; an owner hands it over or closes it first ({@link Code#INVALID}).
   */
  record Leave(ChatId chat) implements Command<Void> {}

  /** Puts a member out of a private chat; for its owner. */
  record Remove(ChatId chat, UserName member) implements Command<Void> {}

  /** Lists who is in a chat. */
  record Members(ChatId chat) implements Command<List<Member>> {}

  // Ways in.

  /**
   * Invites a user; for the owner. {@link Code#UNKNOWN_USER}, {@link Code#CONFLICT} for a member,
   * {@link Code#LIMITED} when {@value #MAX_WAYS_IN} users are invited already.
   */
  record Invite(ChatId chat, UserName user) implements Command<Invitation> {}

  /** Takes back an invitation; for the owner. */
  record Uninvite(ChatId chat, UserName user) implements Command<Void> {}

  /** Lists the user's open invitations. */
  record Invitations() implements Command<List<Invitation>> {}

  /** Enters a chat that the user was invited to. {@link Code#NOT_FOUND} when he was not. */
  record Accept(ChatId chat) implements Command<Chat> {}

  /** Declines an invitation. */
  record Decline(ChatId chat) implements Command<Void> {}

  /**
   * Makes an invitation link; for the owner. {@link Code#CONFLICT} when the token opens another
   * chat, {@link Code#LIMITED} when the chat has {@value #MAX_WAYS_IN} links that open.
   *
   * @param token what it opens with, new
   * @param validFor for how long; up to {@link #MAX_VALIDITY}
   * @param uses how many users may come by it, 1 to {@value #MAX_USES}
   */
  record CreateLink(ChatId chat, Token token, Duration validFor, int uses)
      implements Command<Link> {}

  /** Lists a chat's links that still open; for the owner. */
  record Links(ChatId chat) implements Command<List<Link>> {}

  /** Ends a link before its time; for the owner. */
  record RevokeLink(ChatId chat, String link) implements Command<Void> {}

  /**
   * Asks to be let into the chat of a link. {@link Code#NOT_FOUND}; {@link Code#GONE} when it is
   * used up, expired or revoked, as long as the hub remembers it: a day after it would have
   * expired, of up to {@value #MAX_WAYS_IN} of a chat; {@link Code#CONFLICT} for a member.
   */
  record Knock(Token token) implements Command<JoinRequest> {}

  /** Lists who waits to be let in; for the owner. */
  record Requests(ChatId chat) implements Command<List<JoinRequest>> {}

  /** Lets somebody in who waits; for the owner. {@link Code#NOT_FOUND}. */
  record Approve(ChatId chat, UserName user) implements Command<Void> {}

  /** Doesn't let somebody in who waits; for the owner. */
  record Reject(ChatId chat, UserName user) implements Command<Void> {}

  // The user's account.

  /** Says who asks: what a password or a token came to. */
  record Identify() implements Command<Identity> {}

  /** Lists the user's devices. */
  record Devices() implements Command<List<Device>> {}

  /**
   * Adds a device that the token opens; it goes when the device that asks is revoked. One that is
   * there already stays as it is. {@link Code#CONFLICT} when the token opens another user's.
   */
  record AddDevice(Token token) implements Command<Device> {}

  /**
   * Shuts a device out, with all devices that it let in, and those that they let in: nobody knows
   * what whoever has a lost computer has let in. {@link Device#letInBy()} tells which these are.
   * Their sessions end. What has come with a password or a credential stays. May be the device that
   * asks, which so leaves with what it let in, or one that goes along; it is answered before its
   * session ends.
   *
   * <p>Answers what was shut out, as it was before: first the device itself, and each other one
   * behind the one that let it in. A device that is shut out already, by a command for it or along
   * with another, is answered likewise, with the same devices each time; {@link Code#NOT_FOUND}
   * when there never was one, or the hub was opened anew since.
   *
   * <p>What comes back makes itself a new {@link Token}: the hub keeps nothing of the old one, and
   * would take it for that of a new device, so that it opened again for whoever has a copy.
   */
  record RevokeDevice(String device) implements Command<List<Device>> {}

  /**
   * Sets the password by which further devices come in.
   *
   * @param password {@value #MIN_PASSWORD} to {@value #MAX_PASSWORD} bytes of UTF-8
   */
  record SetPassword(String password) implements Command<Void> {
    @Override
    public String toString() {
      return "SetPassword[…]";
    }
  }

  // Later.

  /**
   * Sends a message at a time: a past one is now. {@link Code#CONFLICT} when another message has
   * its id, {@link Code#LIMITED} when too many wait already.
   */
  record Schedule(Draft draft, Instant at) implements Command<Scheduled> {}

  /** Lists the user's scheduled messages that wait, the next one first. */
  record Schedules() implements Command<List<Scheduled>> {}

  /**
   * Changes a scheduled message's text and time. {@link Code#NOT_FOUND}; {@link Code#GONE} when it
   * doesn't wait any more.
   */
  record Reschedule(MessageId message, String text, Instant at) implements Command<Scheduled> {}

  /**
   * Calls a scheduled message off; what comes back tells whether it was in time: {@link
   * Scheduled.State#CANCELLED}, or what had become of it before. {@link Code#NOT_FOUND}.
   */
  record Cancel(MessageId message) implements Command<Scheduled> {}

  // Moderation.

  /** Reports a message. {@link Code#NOT_FOUND}; {@link Code#INVALID} for one's own. */
  record ReportMessage(MessageKey message, String reason) implements Command<Void> {}

  /** Lists who is banned; for administrators. */
  record Bans() implements Command<List<Ban>> {}

  /**
   * Lists a user's reports that count: those that led to no ban, and were not undone; for
   * administrators. {@link Code#UNKNOWN_USER}.
   */
  record Reports(UserName user) implements Command<List<Report>> {}

  /** Bans a user; for administrators. {@link Code#UNKNOWN_USER}. */
  record BanUser(UserName user, Instant until, String reason) implements Command<Void> {}

  /**
   * Undoes a ban, and the reports that led to it; for administrators. {@link Code#UNKNOWN_USER}.
   */
  record Unban(UserName user, String reason) implements Command<Void> {}

  /** Reads the decisions about users backwards; for administrators. */
  record Audit(Cursor before, int limit) implements Command<Page> {}

  // Connections.

  /** Says that the user writes, or has stopped; to those who are in the chat and connected. */
  record Type(ChatId chat, boolean active) implements Command<Void> {}

  /** Lists the sessions; for administrators. */
  record Connections() implements Command<List<Connection>> {}

  /** Whether a session's client still takes what it is fed; for administrators. */
  record Check(long connection) implements Command<Boolean> {}

  /** Ends a session, or finds that it has ended; for administrators. */
  record Disconnect(long connection) implements Command<Void> {}

  /** The most characters of a title. */
  int MAX_TITLE = 128;

  /** The most characters of a reason. */
  int MAX_REASON = 1_000;

  /** The least bytes of a password: what NIST SP 800-63B asks for. */
  int MIN_PASSWORD = 8;

  /** The most bytes of a password: what bcrypt takes in. */
  int MAX_PASSWORD = 72;

  /** The most users that one link lets knock. */
  int MAX_USES = 10_000;

  /** The most links of one chat that open at a time, and the most open invitations to it. */
  int MAX_WAYS_IN = 1_000;

  /** The longest that a link is valid. */
  Duration MAX_VALIDITY = Duration.ofDays(365);
}
