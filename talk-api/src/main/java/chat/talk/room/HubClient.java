package chat.talk.room;

import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.Recipient;
import chat.talk.UserName;
import java.net.URLConnection;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A user's end of a hub. It stays connected by itself: after a break it comes back, goes on
 * listening where it was, and asks again what was not answered, which never does a thing twice.
 *
 * <pre>{@code
 * HubClient alice = HubClient.join(hub, "alice").listener(listener).start();
 * alice.send("bob", "Hello").join();
 * alice.chats().join().forEach(chat -> System.out.println(chat.id() + " " + chat.title()));
 * }</pre>
 */
public interface HubClient extends ChatClient {
  /**
   * Begins a client for a new user; keep {@link #token()} to come back as him.
   *
   * @param hub where
   * @param name a name that is free
   * @return what to set up and {@link HubClientBuilder#start()}
   */
  static HubClientBuilder join(Hub hub, String name) {
    return join(hub, new Login.NewUser(UserName.of(name), Token.random()));
  }

  /**
   * Begins a client for a device that the hub knows.
   *
   * @param hub where
   * @param token the device's
   * @return what to set up and {@link HubClientBuilder#start()}
   */
  static HubClientBuilder join(Hub hub, Token token) {
    return join(hub, new Login.Known(token));
  }

  /**
   * Begins a client.
   *
   * @param hub where; remains the caller's
   * @param login who it is for
   * @return what to set up and {@link HubClientBuilder#start()}
   */
  static HubClientBuilder join(Hub hub, Login login) {
    return new HubClientBuilder(hub, login);
  }

  /**
   * What opens this device: with it, the user can come back.
   *
   * @return the secret that the login had
   */
  Token token();

  /**
   * Completes when the client is connected for the first time.
   *
   * @return fails when the hub refuses the login, as {@link Hub#connect} says
   */
  CompletableFuture<Void> connected();

  /**
   * Asks the hub for something, again after a break until there is an answer, except for {@link
   * #typing}.
   *
   * @param command what
   * @param <R> what comes back
   * @return the answer; fails as the command says, with {@link
   *     chat.talk.ChatException.Code#TIMED_OUT} when none came in time, {@link
   *     chat.talk.ChatException.Code#OVERLOADED} when too much waits for an answer already, or
   *     {@link chat.talk.ChatException.Code#CLOSED}
   */
  <R> CompletableFuture<R> call(Command<R> command);

  /**
   * Begins what {@link #close()} does, and doesn't wait for it; for those who can't, as the only
   * thread of a simulation.
   *
   * @return completes when the client is closed; never fails
   */
  CompletableFuture<Void> stop();

  /**
   * Who this client speaks for.
   *
   * @return the user's name
   * @throws ChatException with {@link chat.talk.ChatException.Code#UNREACHABLE} when the login was
   *     without a name and the hub hasn't told it yet
   */
  @Override
  UserName name();

  @Override
  default CompletableFuture<Entry> send(Draft draft) {
    return call(new Command.Send(draft));
  }

  @Override
  default CompletableFuture<Page> readAfter(ChatId chat, Cursor after, int limit) {
    return call(new Command.ReadAfter(chat, after, limit));
  }

  @Override
  default CompletableFuture<Page> readBefore(ChatId chat, Cursor before, int limit) {
    return call(new Command.ReadBefore(chat, before, limit));
  }

  /**
   * Gives the hub bytes, to be {@linkplain Draft#attach attached} within an hour; {@link #sendFile}
   * does both. Begins again when the connection breaks, for as long as it takes.
   *
   * @param kind what they are
   * @param bytes read on the client's executor
   * @param progress told how far it is
   * @return the hub's name for them; when it is cancelled, the upload ends. Fails as {@link
   *     FileUpload} says, with {@link ChatException.Code#STORAGE} also when the source can't be
   *     read, {@link ChatException.Code#BAD_ANSWER} when the hub got other bytes, {@link
   *     ChatException.Code#CLOSED}
   */
  CompletableFuture<Blob> upload(FileUpload.Kind kind, ByteSource bytes, Progress progress);

  /**
   * Sends a file of up to the size that the hub takes.
   *
   * @param draft where to, and what to say about it
   * @param name as {@link Attachment} says
   * @param type likewise
   * @param bytes the file's
   * @param progress told how far the upload is
   * @return as {@link #upload} and {@link #send(Draft)} say
   */
  CompletableFuture<Entry> sendFile(
      Draft draft, String name, String type, ByteSource bytes, Progress progress);

  /**
   * Sends a file without a word.
   *
   * @param to whom it goes to
   * @param file has a name that {@link Attachment} allows
   * @param progress told how far the upload is
   * @return as {@link #upload} and {@link #send(Draft)} say
   */
  default CompletableFuture<Entry> sendFile(Recipient to, Path file, Progress progress) {
    String name = String.valueOf(file.getFileName());
    String guess = URLConnection.guessContentTypeFromName(name);
    String type = guess == null ? Attachment.UNKNOWN_TYPE : guess;
    return sendFile(Draft.of(to, ""), name, type, ByteSource.of(file), progress);
  }

  /**
   * Sends a text of any size: the message has its beginning, and the whole of it as a {@linkplain
   * Attachment#isBody() body}.
   *
   * @param draft where to; its text doesn't count
   * @param text in UTF-8
   * @param progress told how far the upload is
   * @return as {@link #upload} and {@link #send(Draft)} say
   */
  CompletableFuture<Entry> sendLarge(Draft draft, ByteSource text, Progress progress);

  /**
   * Fetches what a message carries. Goes on where it was when the connection breaks, for as long as
   * it takes; what came is checked against the digest in the end.
   *
   * @param message which
   * @param sink where the bytes go to, on the client's executor; remains the caller's
   * @param progress told how far it is
   * @return what it was, once all of it has been written; when it is cancelled, the download ends.
   *     Fails as {@link Session#download} says, with {@link ChatException.Code#STORAGE} also when
   *     the sink fails, {@link ChatException.Code#BAD_ANSWER} when the bytes are not those that
   *     were uploaded, {@link ChatException.Code#CLOSED}
   */
  CompletableFuture<Attachment> download(
      MessageKey message, WritableByteChannel sink, Progress progress);

  /**
   * The same into a file, which has its name only when it is whole; one that is there is replaced.
   *
   * @param message which
   * @param target the file; never the {@linkplain Attachment#name() name} that somebody else chose,
   *     unless that was checked
   * @param progress told how far it is
   * @return as above
   */
  CompletableFuture<Attachment> download(MessageKey message, Path target, Progress progress);

  /**
   * Gives a message of this user's own another text.
   *
   * @return as {@link Command.Edit} says
   */
  default CompletableFuture<Entry> edit(MessageId message, String text) {
    return call(new Command.Edit(message, text));
  }

  /**
   * Takes away the text of a message of this user's own.
   *
   * @return as {@link Command.Erase} says
   */
  default CompletableFuture<Entry> erase(MessageId message) {
    return call(new Command.Erase(message));
  }

  /**
   * Finds one message.
   *
   * @return as {@link Command.Find} says
   */
  default CompletableFuture<Entry> find(MessageKey message) {
    return call(new Command.Find(message));
  }

  /**
   * Reads the first thousand comments on a message.
   *
   * @return as {@link Command.Comments} says
   */
  default CompletableFuture<Page> comments(MessageKey message) {
    return call(new Command.Comments(message, Cursor.START, 1_000));
  }

  /**
   * Lists this user's chats, the general one first, with what is unread.
   *
   * @return as {@link Command.Chats} says
   */
  default CompletableFuture<List<Chat>> chats() {
    return call(new Command.Chats());
  }

  /**
   * Counts what others have said in all of this user's chats since he has read there.
   *
   * @return the sum, or {@link Chat#UNREAD_UNKNOWN} when that of one chat is unknown; fails as
   *     {@link Command.Chats} says
   */
  default CompletableFuture<Long> unread() {
    return chats()
        .thenApply(
            chats ->
                chats.stream().allMatch(Chat::knowsUnread)
                    ? chats.stream().mapToLong(Chat::unread).sum()
                    : Chat.UNREAD_UNKNOWN);
  }

  /**
   * Says how things stand.
   *
   * @return as {@link Command.Status} says
   */
  default CompletableFuture<HubStatus> status() {
    return call(new Command.Status());
  }

  /**
   * Says that the user has read up to a place.
   *
   * @return as {@link Command.MarkRead} says
   */
  default CompletableFuture<Void> markRead(ChatId chat, Cursor upTo) {
    return call(new Command.MarkRead(chat, upTo));
  }

  /**
   * Makes a private chat.
   *
   * @return as {@link Command.Create} says
   */
  default CompletableFuture<Chat> create(String title) {
    return call(new Command.Create(ChatId.random(), title));
  }

  /**
   * Gives a chat another title.
   *
   * @return as {@link Command.Rename} says
   */
  default CompletableFuture<Void> rename(ChatId chat, String title) {
    return call(new Command.Rename(chat, title));
  }

  /**
   * Makes another member the owner.
   *
   * @return as {@link Command.HandOver} says
   */
  default CompletableFuture<Void> handOver(ChatId chat, UserName to) {
    return call(new Command.HandOver(chat, to));
  }

  /**
   * Ends a chat: nothing more is said in it.
   *
   * @return as {@link Command.Close} says
   */
  default CompletableFuture<Void> close(ChatId chat) {
    return call(new Command.Close(chat));
  }

  /**
   * Goes out of a private chat.
   *
   * @return as {@link Command.Leave} says
   */
  default CompletableFuture<Void> leave(ChatId chat) {
    return call(new Command.Leave(chat));
  }

  /**
   * Puts a member out of a private chat.
   *
   * @return as {@link Command.Remove} says
   */
  default CompletableFuture<Void> remove(ChatId chat, UserName member) {
    return call(new Command.Remove(chat, member));
  }

  /**
   * Lists who is in a chat.
   *
   * @return as {@link Command.Members} says
   */
  default CompletableFuture<List<Member>> members(ChatId chat) {
    return call(new Command.Members(chat));
  }

  /**
   * Invites a user to a private chat.
   *
   * @return as {@link Command.Invite} says
   */
  default CompletableFuture<Invitation> invite(ChatId chat, UserName user) {
    return call(new Command.Invite(chat, user));
  }

  /**
   * Takes back an invitation.
   *
   * @return as {@link Command.Uninvite} says
   */
  default CompletableFuture<Void> uninvite(ChatId chat, UserName user) {
    return call(new Command.Uninvite(chat, user));
  }

  /**
   * Lists this user's open invitations.
   *
   * @return as {@link Command.Invitations} says
   */
  default CompletableFuture<List<Invitation>> invitations() {
    return call(new Command.Invitations());
  }

  /**
   * Enters a chat that this user was invited to.
   *
   * @return as {@link Command.Accept} says
   */
  default CompletableFuture<Chat> accept(ChatId chat) {
    return call(new Command.Accept(chat));
  }

  /**
   * Declines an invitation.
   *
   * @return as {@link Command.Decline} says
   */
  default CompletableFuture<Void> decline(ChatId chat) {
    return call(new Command.Decline(chat));
  }

  /**
   * Makes an invitation link.
   *
   * @return as {@link Command.CreateLink} says
   */
  default CompletableFuture<Link> createLink(
      ChatId chat, Token token, Duration validFor, int uses) {
    return call(new Command.CreateLink(chat, token, validFor, uses));
  }

  /**
   * Lists a chat's links that still open.
   *
   * @return as {@link Command.Links} says
   */
  default CompletableFuture<List<Link>> links(ChatId chat) {
    return call(new Command.Links(chat));
  }

  /**
   * Ends a link before its time.
   *
   * @return as {@link Command.RevokeLink} says
   */
  default CompletableFuture<Void> revokeLink(ChatId chat, String link) {
    return call(new Command.RevokeLink(chat, link));
  }

  /**
   * Asks to be let into the chat of a link.
   *
   * @return as {@link Command.Knock} says
   */
  default CompletableFuture<JoinRequest> knock(Token link) {
    return call(new Command.Knock(link));
  }

  /**
   * Lists who waits to be let in.
   *
   * @return as {@link Command.Requests} says
   */
  default CompletableFuture<List<JoinRequest>> requests(ChatId chat) {
    return call(new Command.Requests(chat));
  }

  /**
   * Lets somebody in who waits.
   *
   * @return as {@link Command.Approve} says
   */
  default CompletableFuture<Void> approve(ChatId chat, UserName user) {
    return call(new Command.Approve(chat, user));
  }

  /**
   * Doesn't let somebody in who waits.
   *
   * @return as {@link Command.Reject} says
   */
  default CompletableFuture<Void> reject(ChatId chat, UserName user) {
    return call(new Command.Reject(chat, user));
  }

  /**
   * Lists this user's devices.
   *
   * @return as {@link Command.Devices} says
   */
  default CompletableFuture<List<Device>> devices() {
    return call(new Command.Devices());
  }

  /**
   * Adds a device that the token opens.
   *
   * @return as {@link Command.AddDevice} says
   */
  default CompletableFuture<Device> addDevice(Token token) {
    return call(new Command.AddDevice(token));
  }

  /**
   * Shuts a device out, with all devices that it let in.
   *
   * @return as {@link Command.RevokeDevice} says
   */
  default CompletableFuture<List<Device>> revokeDevice(String device) {
    return call(new Command.RevokeDevice(device));
  }

  /**
   * Sets the password by which further devices come in.
   *
   * @return as {@link Command.SetPassword} says
   */
  default CompletableFuture<Void> setPassword(String password) {
    return call(new Command.SetPassword(password));
  }

  /**
   * Sends a message later.
   *
   * @return as {@link Command.Schedule} says
   */
  default CompletableFuture<Scheduled> schedule(Draft draft, Instant at) {
    return call(new Command.Schedule(draft, at));
  }

  /**
   * Lists this user's scheduled messages that wait.
   *
   * @return as {@link Command.Schedules} says
   */
  default CompletableFuture<List<Scheduled>> scheduled() {
    return call(new Command.Schedules());
  }

  /**
   * Changes a scheduled message.
   *
   * @return as {@link Command.Reschedule} says
   */
  default CompletableFuture<Scheduled> reschedule(MessageId message, String text, Instant at) {
    return call(new Command.Reschedule(message, text, at));
  }

  /**
   * Calls a scheduled message off; the answer says whether in time.
   *
   * @return as {@link Command.Cancel} says
   */
  default CompletableFuture<Scheduled> cancel(MessageId message) {
    return call(new Command.Cancel(message));
  }

  /**
   * Reports a message to the moderation.
   *
   * @return as {@link Command.ReportMessage} says
   */
  default CompletableFuture<Void> report(MessageKey message, String reason) {
    return call(new Command.ReportMessage(message, reason));
  }

  /**
   * Lists who is banned; for administrators.
   *
   * @return as {@link Command.Bans} says
   */
  default CompletableFuture<List<Ban>> bans() {
    return call(new Command.Bans());
  }

  /**
   * Lists a user's reports that count; for administrators.
   *
   * @return as {@link Command.Reports} says
   */
  default CompletableFuture<List<Report>> reports(UserName user) {
    return call(new Command.Reports(user));
  }

  /**
   * Bans a user; for administrators.
   *
   * @return as {@link Command.BanUser} says
   */
  default CompletableFuture<Void> banUser(UserName user, Instant until, String reason) {
    return call(new Command.BanUser(user, until, reason));
  }

  /**
   * Undoes a ban, and the reports that led to it; for administrators.
   *
   * @return as {@link Command.Unban} says
   */
  default CompletableFuture<Void> unban(UserName user, String reason) {
    return call(new Command.Unban(user, reason));
  }

  /**
   * Reads the decisions about users backwards; for administrators.
   *
   * @return as {@link Command.Audit} says
   */
  default CompletableFuture<Page> audit(Cursor before, int limit) {
    return call(new Command.Audit(before, limit));
  }

  /**
   * Says that the user writes, or has stopped.
   *
   * @return as {@link Command.Type} says; isn't asked again after a break, but fails with {@link
   *     chat.talk.ChatException.Code#UNREACHABLE} at once when the client is not connected
   */
  default CompletableFuture<Void> typing(ChatId chat, boolean active) {
    return call(new Command.Type(chat, active));
  }

  /**
   * Lists the sessions; for administrators.
   *
   * @return as {@link Command.Connections} says
   */
  default CompletableFuture<List<Connection>> connections() {
    return call(new Command.Connections());
  }

  /**
   * Whether a session's client still takes what it is fed; for administrators.
   *
   * @return as {@link Command.Check} says
   */
  default CompletableFuture<Boolean> check(long connection) {
    return call(new Command.Check(connection));
  }

  /**
   * Ends a session; for administrators.
   *
   * @return as {@link Command.Disconnect} says
   */
  default CompletableFuture<Void> disconnect(long connection) {
    return call(new Command.Disconnect(connection));
  }

  /**
   * Comments on a message.
   *
   * @param message the message
   * @param text what to say about it
   * @return as {@link #send(Draft)}
   */
  default CompletableFuture<Entry> comment(ChatMessage message, String text) {
    return send(Draft.of(message.chat(), text).about(message.key()));
  }
}
