package chat.talk.http.internal.hub;

import chat.talk.http.BodySink;
import chat.talk.http.HttpResponse;
import chat.talk.http.internal.json.Form;
import chat.talk.room.Blob;
import chat.talk.room.FileUpload;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** Hands the body of a request on to a hub. */
final class UploadSink implements BodySink {
  private final CompletableFuture<FileUpload> begun;

  UploadSink(CompletableFuture<FileUpload> begun) {
    this.begun = begun;
  }

  @Override
  public CompletableFuture<Void> write(ByteBuffer piece) {
    return begun.thenCompose(upload -> upload.write(piece));
  }

  @Override
  public CompletableFuture<HttpResponse> finish() {
    return begun
        .thenCompose(FileUpload::finish)
        .thenApply(blob -> HttpResponse.json(201, Form.of(Blob.class).write(blob)));
  }

  @Override
  public void abort() {
    begun.thenAccept(FileUpload::close);
  }
}
