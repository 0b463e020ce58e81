package chat.talk.http.internal.hub;

import static chat.talk.http.internal.hub.RestRoute.get;
import static chat.talk.http.internal.hub.RestRoute.post;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.http.BodySink;
import chat.talk.http.HttpRequest;
import chat.talk.http.HttpResponse;
import chat.talk.http.internal.json.Form;
import chat.talk.room.Blob;
import chat.talk.room.FileDownload;
import chat.talk.room.FileUpload;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Files, streamed both ways. */
final class FileRoutes {
  private static final String BYTES = "application/octet-stream";

  private final Hub hub;

  private FileRoutes(Hub hub) {
    this.hub = hub;
  }

  static List<RestRoute> all(Hub hub) {
    FileRoutes routes = new FileRoutes(hub);
    return List.of(
        post("/v1/files", "Uploads bytes, to be attached to a message within the hour.")
            .query("kind")
            .gives(201, Blob.class)
            .fails(Code.UNAUTHENTICATED, Code.TOO_LARGE)
            .uploads(routes::upload),
        get(
                "/v1/messages/{author}/{id}/attachment",
                "Downloads what is attached to a message; a Range picks a part.")
            .givesRaw(200, BYTES, Form.shown(FileRoutes::bytes))
            .givesRaw(206, BYTES, Form.shown(FileRoutes::bytes))
            .fails(Code.NOT_FOUND, Code.GONE)
            .failsWith(ByteRange.NOT_SATISFIABLE)
            .raw(routes::download));
  }

  private static Map<String, Object> bytes(Object known) {
    return Map.of("type", "string", "format", "binary");
  }

  private BodySink upload(HttpRequest head) {
    Login login = RestCall.login(head);
    FileUpload.Kind kind = head.query("kind").map(FileRoutes::kind).orElse(FileUpload.Kind.FILE);
    return new UploadSink(hub.upload(login, kind));
  }

  private static FileUpload.Kind kind(String name) {
    return Arrays.stream(FileUpload.Kind.values())
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new ChatException(Code.INVALID, "a kind is FILE or BODY"));
  }

  private CompletableFuture<HttpResponse> download(HttpRequest request) {
    Login login = RestCall.login(request);
    MessageKey message =
        new MessageKey(
            UserName.of(request.parameter("author")), MessageId.of(request.parameter("id")));
    return hub.download(login, message, 0)
        .thenCompose(
            whole -> {
              long size = whole.attachment().size();
              ByteRange range = ByteRange.of(request, whole.attachment(), size);
              return range == null || range.from() == 0
                  ? CompletableFuture.completedFuture(answer(whole, range))
                  : skip(whole, login, message, range);
            });
  }

  private CompletableFuture<HttpResponse> skip(
      FileDownload whole, Login login, MessageKey message, ByteRange range) {
    whole.close();
    if (!range.isSatisfiable()) {
      return CompletableFuture.completedFuture(range.refusal());
    }
    return hub.download(login, message, range.from()).thenApply(part -> answer(part, range));
  }

  private static HttpResponse answer(FileDownload download, ByteRange range) {
    if (range != null && !range.isSatisfiable()) {
      download.close();
      return range.refusal();
    }
    return DownloadBody.answer(download, range);
  }
}
