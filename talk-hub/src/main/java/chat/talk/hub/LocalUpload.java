package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.UserName;
import chat.talk.room.Blob;
import chat.talk.room.BlobStore;
import chat.talk.room.FileUpload;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** An upload into the blob store of this JVM's hub. */
final class LocalUpload implements FileUpload {
  final Steps steps;
  private final Transfers transfers;
  private final UserName user;
  private final Kind kind;

  /** Null until the first step, which all use; the steps come one after the other. */
  private BlobStore.@Nullable Upload upload;

  private final @Nullable UnicodeCheck check;

  /** The first bytes, which tell what it is. */
  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();

  private long size;

  LocalUpload(Transfers transfers, UserName user, Kind kind) {
    this.transfers = transfers;
    this.user = user;
    this.kind = Objects.requireNonNull(kind, "kind");
    this.check = kind == Kind.BODY ? new UnicodeCheck() : null;
    this.steps = new Steps(transfers.work, this::release);
  }

  @Override
  public CompletableFuture<Void> write(ByteBuffer bytes) {
    Objects.requireNonNull(bytes, "bytes");
    return steps.next(() -> take(bytes));
  }

  private @Nullable Void take(ByteBuffer bytes) {
    BlobStore.Upload to = upload();
    transfers.requireSize(kind, size + bytes.remaining());
    size += bytes.remaining();
    note(bytes.duplicate());
    if (check != null) {
      check.take(bytes);
    }
    to.write(bytes);
    return null;
  }

  private void note(ByteBuffer bytes) {
    int missing = FileTypes.ENOUGH - beginning.size();
    byte[] first = new byte[Math.min(missing, bytes.remaining())];
    bytes.get(first);
    beginning.writeBytes(first);
  }

  private BlobStore.Upload upload() {
    BlobStore.Upload present = upload;
    if (present == null) {
      present = transfers.blobs().upload();
      upload = present;
    }
    return present;
  }

  @Override
  public CompletableFuture<Blob> finish() {
    return steps
        .next(this::end)
        .whenComplete(
            (blob, failure) -> steps.end(new ChatException(Code.CLOSED, "the upload is finished")));
  }

  private Blob end() {
    BlobStore.Upload to = upload();
    if (check != null) {
      check.end();
    }
    Blob blob = to.finish();
    transfers.recent.add(user, kind, blob, FileTypes.of(beginning.toByteArray()));
    return blob;
  }

  private void release() {
    if (upload != null) {
      upload.close();
    }
  }

  @Override
  public void close() {
    steps.end(new ChatException(Code.CLOSED, "the upload is closed"));
  }
}
