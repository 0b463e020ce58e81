package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.http.internal.StrictUtf8;
import chat.talk.http.internal.json.HubFrame;
import chat.talk.room.Blob;
import chat.talk.room.FileUpload;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jetbrains.annotations.Nullable;

/** Gives a hub bytes, as the body of one request: each piece when the one before has gone out. */
final class RemoteUpload implements FileUpload, Transfer {
  private static final MediaType BYTES = MediaType.get("application/octet-stream");

  /** Nobody takes so long between two pieces. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What was written may be on its way for long, over a slow line; the hub answers at its end. */
  private static final Duration SLOWEST = Duration.ofMinutes(10);

  private final ClientCall<Blob> call;
  private final AtomicBoolean isBusy = new AtomicBoolean();

  /** Why it is over. */
  private final AtomicReference<@Nullable ChatException> over = new AtomicReference<>();

  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private final CompletableFuture<Blob> result;

  /** What the present call comes to. */
  private final AtomicReference<CompletableFuture<Void>> current =
      new AtomicReference<>(new CompletableFuture<>());

  /** Some bytes, or the end of them. */
  private record Piece(ByteBuffer bytes, boolean isLast, CompletableFuture<Void> sent) {}

  RemoteUpload(OkHttpClient client, Request.Builder request, String peer, Runnable onRelease) {
    OkHttpClient patient =
        client
            .newBuilder()
            .callTimeout(Duration.ZERO)
            .writeTimeout(SLOWEST)
            .readTimeout(SLOWEST)
            .build();
    Request post = request.post(new Body()).build();
    call = ClientCall.start(patient, post, peer, Answers.LIMIT, RemoteUpload::blob);
    result = call.result();
    result.whenComplete(
        (blob, failure) -> {
          onRelease.run();
          end(current.get(), failure);
        });
  }

  private static Blob blob(int status, byte[] body, String peer) {
    if (status != 201) {
      Answers.requireSuccess(status, body, peer);
      throw Answers.bad(peer, "status " + status);
    }
    return Answers.read(peer, () -> HubFrame.readBlob(StrictUtf8.decode(body)));
  }

  private final class Body extends RequestBody {
    @Override
    public MediaType contentType() {
      return BYTES;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      for (Piece piece = take(); !piece.isLast; piece = take()) {
        sink.write(piece.bytes);
        sink.flush();
        piece.sent.complete(null);
      }
    }

    private Piece take() throws IOException {
      try {
        Piece piece = pieces.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (piece == null || over.get() != null) {
          throw new InterruptedIOException("the upload was given up");
        }
        return piece;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the upload was interrupted");
      }
    }
  }

  @Override
  public CompletableFuture<Void> write(ByteBuffer bytes) {
    return put(new Piece(bytes, false, new CompletableFuture<>()));
  }

  @Override
  public CompletableFuture<Blob> finish() {
    return put(new Piece(ByteBuffer.allocate(0), true, CompletableFuture.completedFuture(null)))
        .thenCompose(nothing -> result.copy())
        .whenComplete((blob, failure) -> over.compareAndSet(null, closed()));
  }

  /** Fails when the hub has answered already, which it does early only to refuse. */
  private CompletableFuture<Void> put(Piece piece) {
    ChatException why = over.get();
    if (why == null && !isBusy.compareAndSet(false, true)) {
      why = new ChatException(Code.INVALID, "another call is under way");
    }
    if (why != null) {
      return CompletableFuture.failedFuture(why);
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    current.set(done);
    pieces.add(piece);
    piece.sent.thenRun(() -> end(done, null));
    if (result.isDone()) {
      result.whenComplete((blob, failure) -> end(done, failure));
    }
    return done;
  }

  private void end(CompletableFuture<Void> done, @Nullable Throwable failure) {
    isBusy.set(false);
    if (failure == null) {
      done.complete(null);
    } else {
      ChatException why = over.get();
      over.compareAndSet(null, closed());
      done.completeExceptionally(why == null ? ChatException.of(failure) : why);
    }
  }

  private static ChatException closed() {
    return new ChatException(Code.CLOSED, "the upload is over");
  }

  @Override
  public void close() {
    end(closed());
  }

  @Override
  public void end(ChatException why) {
    if (over.compareAndSet(null, why)) {
      call.cancel();
      pieces.add(new Piece(ByteBuffer.allocate(0), true, new CompletableFuture<>()));
    }
  }
}
