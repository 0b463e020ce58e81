package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.internal.Failures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jetbrains.annotations.Nullable;

/** Sends messages with what they carry: uploads that first. */
final class Sending {
  /** A character has at most so many bytes. */
  private static final int MAX_BYTES = 4;

  private static final Blob NOTHING = new Blob(new Digest.Sum().digest(), 0);

  private final ClientFiles files;
  private final Function<Draft, CompletableFuture<Entry>> send;

  Sending(ClientFiles files, Function<Draft, CompletableFuture<Entry>> send) {
    this.files = files;
    this.send = send;
  }

  CompletableFuture<Entry> file(
      Draft draft, String name, String type, ByteSource bytes, Progress progress) {
    Function<Blob, Draft> attached = blob -> draft.attach(new Attachment(name, type, blob));
    try {
      requireFile(attached.apply(NOTHING));
    } catch (ChatException e) {
      return CompletableFuture.failedFuture(e);
    }
    return uploadAndSend(FileUpload.Kind.FILE, bytes, progress, attached);
  }

  private static void requireFile(Draft draft) {
    if (Objects.requireNonNull(draft.attachment()).isBody()) {
      throw Failures.invalid("a file has a name");
    }
  }

  CompletableFuture<Entry> text(Draft draft, ByteSource text, Progress progress) {
    return files
        .blocking(() -> preview(text))
        .thenCompose(
            preview ->
                uploadAndSend(
                    FileUpload.Kind.BODY,
                    text,
                    progress,
                    blob -> draft.withText(preview).attach(Attachment.body(blob))));
  }

  /** A hub that has started again knows no upload of before: it is given another one, once. */
  private CompletableFuture<Entry> uploadAndSend(
      FileUpload.Kind kind, ByteSource bytes, Progress progress, Function<Blob, Draft> attached) {
    CompletableFuture<Entry> first = uploadAndSendOnce(kind, bytes, progress, attached);
    CompletableFuture<Entry> answer = new CompletableFuture<>();
    first.whenComplete(
        (entry, failure) -> {
          if (isForgotten(failure)) {
            uploadAndSendOnce(kind, bytes, progress, attached)
                .whenComplete((again, why) -> complete(answer, again, why));
          } else {
            complete(answer, entry, failure);
          }
        });
    return answer;
  }

  private CompletableFuture<Entry> uploadAndSendOnce(
      FileUpload.Kind kind, ByteSource bytes, Progress progress, Function<Blob, Draft> attached) {
    return files
        .upload(kind, bytes, progress)
        .thenCompose(blob -> send.apply(attached.apply(blob)));
  }

  private static boolean isForgotten(@Nullable Throwable failure) {
    return failure != null && ChatException.of(failure).code() == Code.NOT_FOUND;
  }

  private static void complete(
      CompletableFuture<Entry> answer, @Nullable Entry entry, @Nullable Throwable failure) {
    if (failure == null) {
      answer.complete(entry);
    } else {
      answer.completeExceptionally(ChatException.of(failure));
    }
  }

  private static String preview(ByteSource text) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES * Attachment.MAX_PREVIEW);
    try (ReadableByteChannel from = text.open()) {
      while (bytes.hasRemaining() && from.read(bytes) >= 0) {
        // Reads on.
      }
    }
    CharBuffer characters = CharBuffer.allocate(Attachment.MAX_PREVIEW);
    StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .decode(bytes.flip(), characters, false);
    return characters.flip().toString();
  }
}
