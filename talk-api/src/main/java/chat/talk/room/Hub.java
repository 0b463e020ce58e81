package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.MessageKey;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Where rooms live: the engine in this JVM ({@code HubEngine} in talk-hub), or one at the other end
 * of a network. {@link HubClient} talks through it; few others need more than {@link #close()}.
 *
 * <p>All methods may be called by any thread, and none but {@link #close()} waits for anything.
 */
public interface Hub extends AutoCloseable {
  /**
   * Lets a device in. A session that the device has already is closed first, with {@link
   * Code#CONFLICT}: nothing that was asked over it takes effect after this one begins. The hub
   * starts to feed the new session at once: from the cursors given; in other chats, from where the
   * device was or where the user has read to, whichever is earlier; a newcomer, from the last few
   * messages of the general chat.
   *
   * @param login who it is
   * @param resume how far the client has come in each chat that it knows about; a chat that the
   *     user isn't in is passed over
   * @param listener told when there is something to poll, and when the session has ended
   * @return the session; fails with {@link Code#NAME_TAKEN}, {@link Code#UNAUTHENTICATED}, {@link
   *     Code#INVALID}, {@link Code#OVERLOADED}, {@link Code#STORAGE}, {@link Code#TIMED_OUT},
   *     {@link Code#UNREACHABLE} or {@link Code#CLOSED}
   */
  CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener);

  /**
   * Asks for something without a session, for whoever has no use for news, or gets them elsewhere:
   * a session that the device has goes on, and nobody sees the user come and go.
   *
   * @param login who asks; a newcomer becomes a user by it, as by {@link #connect}
   * @param command what; calls are independent of each other, and take effect in any order
   * @param <R> what comes back
   * @return the answer, once what it tells is stored for good; fails as {@link #connect} and {@link
   *     Session#call} do, and with {@link Code#REFUSED} by a hub that answers sessions only
   */
  default <R> CompletableFuture<R> ask(Login login, Command<R> command) {
    return CompletableFuture.failedFuture(
        new ChatException(Code.REFUSED, "this hub answers sessions only"));
  }

  /**
   * Begins to give the hub bytes without a session, as {@link Session#upload} does with one.
   *
   * @param login who gives them
   * @param kind what they are
   * @return the upload, to be closed; fails as {@link #ask} does
   */
  default CompletableFuture<FileUpload> upload(Login login, FileUpload.Kind kind) {
    return CompletableFuture.failedFuture(NoUpload.refusal());
  }

  /**
   * Begins to fetch what is attached to a message without a session, as {@link Session#download}
   * does with one.
   *
   * @param login who fetches it
   * @param message which
   * @param offset how many bytes to skip
   * @return the download, to be closed; fails as {@link #ask} and {@link Session#download} do
   */
  default CompletableFuture<FileDownload> download(Login login, MessageKey message, long offset) {
    return CompletableFuture.failedFuture(NoUpload.refusal());
  }

  /**
   * Stops serving: every client gets a {@link chat.talk.Notice.GoingAway}, what was asked is
   * answered, then the sessions end. A second call changes nothing.
   *
   * @param reason why, for the users to read
   * @return completes when all sessions have ended, within the hub's grace even when clients are
   *     stuck
   */
  CompletableFuture<Void> shutDown(String reason);

  /** Shuts down and waits for it. */
  @Override
  void close();
}
