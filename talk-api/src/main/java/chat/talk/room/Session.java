package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.MessageKey;
import chat.talk.UserName;
import java.util.concurrent.CompletableFuture;

/**
 * One connection of one device to a hub: commands go one way, and what happens in the user's chats
 * is fetched the other way, as fast as the client can take it. The hub keeps no queue for a
 * session, only its place in each chat.
 *
 * <p>All methods may be called by any thread and return at once.
 */
public interface Session {
  /**
   * Whose it is.
   *
   * @return the user, as the hub knows him
   */
  UserName user();

  /**
   * Which of his devices it is.
   *
   * @return the id that {@link Device#id()} shows
   */
  String device();

  /**
   * Asks for something. Commands of one session take effect in the order of the calls. All of them
   * may be asked again after a lost answer, and then change nothing more.
   *
   * @param command what
   * @param <R> what comes back
   * @return the answer, once what it tells is stored for good, on a thread of the hub's that must
   *     not be held up; fails with a {@link ChatException} as the command says, or with {@link
   *     Code#UNREACHABLE} when the session ended before the answer came: whether it took effect is
   *     not known then
   */
  <R> CompletableFuture<R> call(Command<R> command);

  /**
   * Takes what has happened since the last poll, at most about so much of it: chunks are given as
   * long as there are fewer entries, and none is split. To be called by one thread at a time.
   *
   * @param maxEntries how many entries are enough, at least 1
   * @return what there is; when that {@linkplain Feed#hasMore() is all}, the listener is told once
   *     there is more
   */
  Feed poll(int maxEntries);

  /**
   * Begins to give the hub bytes, to be attached to a message. Fails by way of what it returns.
   *
   * @param kind what they are
   * @return an upload, to be closed; it ends with the session
   */
  default FileUpload upload(FileUpload.Kind kind) {
    return new NoUpload();
  }

  /**
   * Begins to fetch what is attached to a message. Asked anew each time whether the user may read
   * the message.
   *
   * @param message which
   * @param offset how many bytes to skip, up to all of them
   * @return a download, to be closed; it ends with the session. Fails with {@link Code#NOT_FOUND}
   *     when there is no such message in the user's chats, or it carries nothing, {@link Code#GONE}
   *     when it is blank, {@link Code#INVALID} when the offset is negative or beyond the end,
   *     {@link Code#STORAGE} when the bytes can't be had, {@link Code#REFUSED} when the hub keeps
   *     none, {@link Code#OVERLOADED}, {@link Code#UNREACHABLE} when the session has ended
   */
  default CompletableFuture<FileDownload> download(MessageKey message, long offset) {
    return CompletableFuture.failedFuture(NoUpload.refusal());
  }

  /** Ends the session; the listener is not told. Twice does nothing. */
  void close();

  /** What a hub tells a session's client. Calls must return at once; they may come at any time. */
  interface Listener {
    /**
     * There may be something to poll again. Comes once after each poll that left nothing, as {@link
     * Feed#hasMore()} says, or before the first.
     */
    void onReady();

    /**
     * The session has ended, other than by {@link Session#close()}. The last call, once. It comes
     * before what was asked and not answered fails; only what is asked at the very moment of the
     * end may fail a little earlier.
     *
     * @param why {@link Code#UNREACHABLE} when the connection broke, {@link Code#CONFLICT} when the
     *     device has connected anew, {@link Code#UNAUTHENTICATED} when it was revoked, {@link
     *     Code#FORBIDDEN} when an administrator closed it, {@link Code#CLOSED} when the hub shuts
     *     down
     */
    void onEnd(ChatException why);
  }
}
