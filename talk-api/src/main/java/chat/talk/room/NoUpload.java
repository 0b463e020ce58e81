package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** What a session gives that carries no files. */
final class NoUpload implements FileUpload {
  static ChatException refusal() {
    return new ChatException(Code.REFUSED, "there are no files here");
  }

  @Override
  public CompletableFuture<Void> write(ByteBuffer bytes) {
    return CompletableFuture.failedFuture(refusal());
  }

  @Override
  public CompletableFuture<Blob> finish() {
    return CompletableFuture.failedFuture(refusal());
  }

  @Override
  public void close() {}
}
