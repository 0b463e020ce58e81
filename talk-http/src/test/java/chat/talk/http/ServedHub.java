package chat.talk.http;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.MessageKey;
import chat.talk.http.internal.client.Ways;
import chat.talk.room.Command;
import chat.talk.room.FileDownload;
import chat.talk.room.FileUpload;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A hub behind a server on loopback, reached over it, and ended with it. */
final class ServedHub implements Hub {
  private final Hub hub;
  private final HttpServer server;
  private final HttpHub remote;

  /** A hub that is reached by these ways, tried one after the other. */
  ServedHub(Hub hub, Ways.Way... ways) {
    this.hub = hub;
    this.server = HubApi.serve(hub, HttpServer.builder()).start();
    String url = "http://127.0.0.1:" + server.port();
    this.remote = HttpHub.over(url, HttpSettings.defaults(), ways);
  }

  int port() {
    return server.port();
  }

  @Override
  public CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    return remote.connect(login, resume, listener);
  }

  @Override
  public <R> CompletableFuture<R> ask(Login login, Command<R> command) {
    return remote.ask(login, command);
  }

  @Override
  public CompletableFuture<FileUpload> upload(Login login, FileUpload.Kind kind) {
    return remote.upload(login, kind);
  }

  @Override
  public CompletableFuture<FileDownload> download(Login login, MessageKey message, long offset) {
    return remote.download(login, message, offset);
  }

  @Override
  public CompletableFuture<Void> shutDown(String reason) {
    return hub.shutDown(reason);
  }

  @Override
  public void close() {
    hub.close();
    server.close();
    remote.close();
  }
}
