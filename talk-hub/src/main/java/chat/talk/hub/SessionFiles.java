package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.MessageKey;
import chat.talk.room.Attachment;
import chat.talk.room.Command;
import chat.talk.room.FileDownload;
import chat.talk.room.FileUpload;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** The uploads and downloads of one session, which end with it. May be used by any threads. */
final class SessionFiles {
  /** How many may be under way. */
  static final int MAX_OPEN = 16;

  private final Transfers transfers;
  private final LocalSession session;

  /** Guarded by this, as what follows. */
  private Set<Steps> open = Set.of();

  private @Nullable ChatException end;

  SessionFiles(Transfers transfers, LocalSession session) {
    this.transfers = transfers;
    this.session = session;
  }

  FileUpload upload(FileUpload.Kind kind) {
    LocalUpload upload = new LocalUpload(transfers, session.user(), kind);
    begin(upload.steps);
    return upload;
  }

  /** Whether the user may read the message is for the loop to say. */
  CompletableFuture<FileDownload> download(MessageKey message, long offset) {
    return session
        .call(new Command.Find(message))
        .thenCompose(entry -> open(Attachment.of(entry), offset));
  }

  private CompletableFuture<FileDownload> open(Attachment attachment, long offset) {
    LocalDownload download = new LocalDownload(transfers, attachment);
    begin(download.steps);
    return download.open(offset);
  }

  /** Ends them at once when there are too many. */
  private void begin(Steps steps) {
    steps.onEnd(() -> ended(steps));
    ChatException refusal = add(steps);
    if (refusal == null) {
      transfers.opened(steps);
    } else {
      steps.end(refusal);
    }
  }

  private synchronized @Nullable ChatException add(Steps steps) {
    if (end != null) {
      return end;
    }
    if (open.size() >= MAX_OPEN) {
      return new ChatException(
          Code.OVERLOADED, "up to %d files may be under way at once".formatted(MAX_OPEN));
    }
    if (open.isEmpty()) {
      open = new HashSet<>();
    }
    open.add(steps);
    return null;
  }

  private void ended(Steps steps) {
    transfers.ended(steps);
    remove(steps);
  }

  private synchronized void remove(Steps steps) {
    if (!open.isEmpty()) {
      open.remove(steps);
    }
  }

  /** The session has ended. */
  void end(ChatException why) {
    List<Steps> left;
    synchronized (this) {
      end = why;
      left = List.copyOf(open);
    }
    left.forEach(steps -> steps.end(why));
  }
}
