package chat.talk.http;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.MessageKey;
import chat.talk.http.internal.client.RemoteHub;
import chat.talk.http.internal.client.Ways;
import chat.talk.room.Command;
import chat.talk.room.FileDownload;
import chat.talk.room.FileUpload;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A hub somewhere else, reached over WebSocket, or over plain requests where that is blocked:
 *
 * <pre>{@code
 * Hub hub = HttpHub.at("http://127.0.0.1:8000");
 * HubClient ada = HubClient.join(hub, new Login.NewUser(UserName.of("ada"), token))
 *     .listener((me, message) -> System.out.println(message.text()))
 *     .start();
 * }</pre>
 *
 * <p>A session that breaks ends with {@link ChatException.Code#UNREACHABLE}, and its {@link
 * chat.talk.room.HubClient} connects anew. Each session has one or two threads, which are daemons
 * and end with it.
 */
public final class HttpHub implements Hub {
  private final RemoteHub hub;

  private HttpHub(RemoteHub hub) {
    this.hub = hub;
  }

  /**
   * The hub at a URL, with {@link HttpSettings#defaults()}.
   *
   * @param url such as {@code http://localhost:8000}, with a path when the API isn't at the root
   * @return the hub; whether it's there shows when somebody connects
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is no such URL
   */
  public static HttpHub at(String url) {
    return at(url, HttpSettings.defaults());
  }

  /**
   * The hub at a URL.
   *
   * @param url such as {@code http://localhost:8000}, with a path when the API isn't at the root
   * @param settings timeouts, and whom to trust
   * @return the hub; whether it's there shows when somebody connects
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is no such URL
   */
  public static HttpHub at(String url, HttpSettings settings) {
    return over(url, settings, Ways.SOCKET, Ways.STREAM, Ways.POLL);
  }

  static HttpHub over(String url, HttpSettings settings, Ways.Way... ways) {
    return new HttpHub(RemoteHub.at(url, settings, new Ways(ways)));
  }

  @Override
  public CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    return hub.connect(login, resume, listener);
  }

  @Override
  public <R> CompletableFuture<R> ask(Login login, Command<R> command) {
    return hub.ask(login, command);
  }

  @Override
  public CompletableFuture<FileUpload> upload(Login login, FileUpload.Kind kind) {
    return hub.upload(login, kind);
  }

  @Override
  public CompletableFuture<FileDownload> download(Login login, MessageKey message, long offset) {
    return hub.download(login, message, offset);
  }

  /**
   * Ends the sessions that were begun here, and begins no more. The hub itself goes on.
   *
   * @param reason why, which the hub is not told
   * @return is complete
   */
  @Override
  public CompletableFuture<Void> shutDown(String reason) {
    hub.close();
    return CompletableFuture.completedFuture(null);
  }

  /** Ends the sessions that were begun here, and begins no more. The hub itself goes on. */
  @Override
  public void close() {
    hub.close();
  }

  /** The URL. */
  @Override
  public String toString() {
    return hub.toString();
  }
}
