package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.Attachment;
import chat.talk.room.FileDownload;
import chat.talk.room.FileUpload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jetbrains.annotations.Nullable;

/**
 * Fetches bytes from a hub, as the body of one answer, which waits in the socket till it's read.
 */
final class RemoteDownload implements FileDownload, Transfer {
  private final Attachment attachment;
  private final Call call;
  private final Response response;
  private final String peer;
  private final Executor executor;
  private final Runnable onRelease;
  private final AtomicBoolean isBusy = new AtomicBoolean();

  /** Why it is over. */
  private final AtomicReference<@Nullable ChatException> over = new AtomicReference<>();

  private RemoteDownload(
      Attachment attachment,
      Call call,
      Response response,
      String peer,
      Executor executor,
      Runnable onRelease) {
    this.attachment = attachment;
    this.call = call;
    this.response = response;
    this.peer = peer;
    this.executor = executor;
    this.onRelease = onRelease;
  }

  /** Asks for the bytes from an offset on. */
  static CompletableFuture<RemoteDownload> open(
      OkHttpClient client,
      Request.Builder request,
      String peer,
      Attachment attachment,
      long offset,
      Runnable onRelease) {
    CompletableFuture<RemoteDownload> opened = new CompletableFuture<>();
    boolean isAtTheEnd = offset == attachment.size() && offset > 0;
    long first = isAtTheEnd ? offset - 1 : offset;
    request.header("Accept-Encoding", "identity");
    if (first > 0) {
      request.header("Range", "bytes=" + first + "-");
    }
    OkHttpClient patient = client.newBuilder().callTimeout(Duration.ZERO).build();
    patient
        .newCall(request.build())
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException e) {
                onRelease.run();
                opened.completeExceptionally(Answers.failure(e, true, peer));
              }

              @Override
              public void onResponse(Call call, Response response) {
                RemoteDownload download =
                    new RemoteDownload(
                        attachment,
                        call,
                        response,
                        peer,
                        client.dispatcher().executorService(),
                        onRelease);
                try {
                  download.requireBytes(first > 0 ? 206 : 200);
                  if (isAtTheEnd) {
                    response.body().source().skip(1);
                  }
                  opened.complete(download);
                } catch (IOException e) {
                  download.close();
                  opened.completeExceptionally(Answers.failure(e, true, peer));
                } catch (ChatException e) {
                  download.close();
                  opened.completeExceptionally(e);
                }
              }
            });
    return opened;
  }

  private void requireBytes(int expected) throws IOException {
    int status = response.code();
    if (status >= 400) {
      throw Answers.refusal(status, Answers.body(response, Answers.LIMIT, peer), peer);
    }
    if (status != expected) {
      throw Answers.bad(peer, "status " + status);
    }
  }

  @Override
  public Attachment attachment() {
    return attachment;
  }

  @Override
  public CompletableFuture<@Nullable ByteBuffer> read() {
    ChatException why = over.get();
    if (why == null && !isBusy.compareAndSet(false, true)) {
      why = new ChatException(Code.INVALID, "another call is under way");
    }
    if (why != null) {
      return CompletableFuture.failedFuture(why);
    }
    CompletableFuture<@Nullable ByteBuffer> piece = new CompletableFuture<>();
    try {
      executor.execute(() -> read(piece));
    } catch (RejectedExecutionException e) {
      piece.completeExceptionally(closed());
    }
    return piece;
  }

  private static ChatException closed() {
    return new ChatException(Code.CLOSED, "the download is over");
  }

  /** On a thread that may wait for the network. */
  private void read(CompletableFuture<@Nullable ByteBuffer> piece) {
    byte[] bytes = new byte[FileUpload.PIECE];
    try {
      int count = response.body().source().read(bytes);
      isBusy.set(false);
      piece.complete(count < 0 ? null : ByteBuffer.wrap(bytes, 0, count));
    } catch (IOException e) {
      ChatException why = over.get();
      isBusy.set(false);
      piece.completeExceptionally(why == null ? Answers.failure(e, true, peer) : why);
    } catch (RuntimeException e) {
      // Closed by another thread in the midst of it.
      isBusy.set(false);
      piece.completeExceptionally(closed());
    }
  }

  @Override
  public void close() {
    end(closed());
  }

  @Override
  public void end(ChatException why) {
    if (over.compareAndSet(null, why)) {
      call.cancel();
      response.close();
      onRelease.run();
    }
  }
}
