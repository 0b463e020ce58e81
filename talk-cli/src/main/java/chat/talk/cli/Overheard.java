package chat.talk.cli;

import chat.talk.ChatException;
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
import java.util.function.Consumer;

/**
 * A hub that lets hear why a session ended: a client tells only that it has.
 *
 * @param onEnd called before the client knows; by any thread
 */
record Overheard(Hub hub, Consumer<ChatException> onEnd) implements Hub {
  @Override
  public CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    return hub.connect(login, resume, new Listener(listener, onEnd));
  }

  private record Listener(Session.Listener client, Consumer<ChatException> onEnd)
      implements Session.Listener {
    @Override
    public void onReady() {
      client.onReady();
    }

    @Override
    public void onEnd(ChatException why) {
      onEnd.accept(why);
      client.onEnd(why);
    }
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

  @Override
  public CompletableFuture<Void> shutDown(String reason) {
    return hub.shutDown(reason);
  }

  @Override
  public void close() {
    hub.close();
  }

  @Override
  public String toString() {
    return hub.toString();
  }
}
