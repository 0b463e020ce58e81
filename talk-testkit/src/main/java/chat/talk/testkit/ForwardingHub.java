package chat.talk.testkit;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.MessageKey;
import chat.talk.room.Command;
import chat.talk.room.FileDownload;
import chat.talk.room.FileUpload;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Hands on to another hub all but {@link #close}: what a hub extends that stands before another
 * one, to be somewhere else, or in the way.
 */
public abstract class ForwardingHub implements Hub {
  /** For subclasses. */
  protected ForwardingHub() {}

  /**
   * The other one.
   *
   * @return a hub, which may be another one each time
   */
  protected abstract Hub target();

  @Override
  public CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    return target().connect(login, resume, listener);
  }

  @Override
  public <R> CompletableFuture<R> ask(Login login, Command<R> command) {
    return target().ask(login, command);
  }

  @Override
  public CompletableFuture<FileUpload> upload(Login login, FileUpload.Kind kind) {
    return target().upload(login, kind);
  }

  @Override
  public CompletableFuture<FileDownload> download(Login login, MessageKey message, long offset) {
    return target().download(login, message, offset);
  }

  @Override
  public CompletableFuture<Void> shutDown(String reason) {
    return target().shutDown(reason);
  }
}
