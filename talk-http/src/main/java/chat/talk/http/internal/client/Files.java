package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.MessageKey;
import chat.talk.room.Attachment;
import chat.talk.room.Command;
import chat.talk.room.FileUpload;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Uploads and downloads, each a request of its own. */
final class Files {
  private final RemoteHub hub;
  private final HttpUrl base;

  Files(RemoteHub hub, HttpUrl base) {
    this.hub = hub;
    this.base = base;
  }

  /** A request of the device that the token opens. */
  static Request.Builder request(HttpUrl url, Token token) {
    return new Request.Builder().url(url).header("Authorization", "Bearer " + token.secret());
  }

  /** Begins an upload. */
  RemoteUpload upload(Token token, FileUpload.Kind kind) {
    HttpUrl url = Urls.under(base, "/v1/files").addQueryParameter("kind", kind.name()).build();
    return new RemoteUpload(hub.hold(), request(url, token), Urls.shown(base), hub::release);
  }

  /** Begins a download: asks what it is, and then for the bytes. */
  CompletableFuture<RemoteDownload> download(Token token, MessageKey message, long offset) {
    return hub.ask(new Login.Known(token), new Command.Find(message))
        .thenCompose(entry -> open(token, message, Attachment.of(entry), offset));
  }

  private CompletableFuture<RemoteDownload> open(
      Token token, MessageKey message, Attachment attachment, long offset) {
    if (offset < 0 || offset > attachment.size()) {
      throw new ChatException(Code.INVALID, "there is no byte " + offset + " in this file");
    }
    HttpUrl url =
        Urls.under(base, "/v1/messages")
            .addPathSegment(message.author().value())
            .addPathSegment(message.id().value())
            .addPathSegment("attachment")
            .build();
    return RemoteDownload.open(
        hub.hold(), request(url, token), Urls.shown(base), attachment, offset, hub::release);
  }
}
