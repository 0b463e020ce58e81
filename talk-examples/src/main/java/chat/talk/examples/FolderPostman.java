package chat.talk.examples;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Envelope;
import chat.talk.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A connection: carries one letter at a time and waits for its answer. */
final class FolderPostman implements Transport.Connection {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path folder;
  private final ExecutorService writer = Executors.newSingleThreadExecutor(FolderMailbox::daemon);
  private volatile boolean spent;

  FolderPostman(Path folder) {
    this.folder = folder;
  }

  @Override
  public CompletableFuture<Void> deliver(Envelope envelope) {
    return spent
        ? CompletableFuture.failedFuture(spent(Code.UNREACHABLE))
        : CompletableFuture.runAsync(() -> carry(envelope), writer);
  }

  private void carry(Envelope envelope) {
    if (spent) {
      throw spent(Code.UNREACHABLE);
    }
    try {
      Letter letter = Letter.write(folder, envelope);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!spent && Files.exists(folder) && !letter.isAnswered()) {
        if (System.nanoTime() > deadline) {
          throw spent(Code.TIMED_OUT);
        }
        TimeUnit.MILLISECONDS.sleep(1);
      }
      letter.takeAnswer();
    } catch (IOException | InterruptedException e) {
      throw spent(Code.UNREACHABLE);
    }
  }

  private ChatException spent(Code code) {
    spent = true;
    return new ChatException(code, "no answer from " + folder);
  }

  @Override
  public void close() {
    spent = true;
    writer.shutdown();
  }
}
