package chat.talk.examples;

import chat.talk.ChatException;
import chat.talk.Transport;
import chat.talk.UserAddress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An endpoint: looks every millisecond for letters in its folder. */
final class FolderMailbox implements Transport.Endpoint {
  private final UserAddress address;
  private final File folder;
  private final Transport.Receiver receiver;
  private final ScheduledExecutorService reader =
      Executors.newSingleThreadScheduledExecutor(FolderMailbox::daemon);

  private CompletableFuture<Void> taken = CompletableFuture.completedFuture(null);

  FolderMailbox(UserAddress address, Path folder, Transport.Receiver receiver) {
    this.address = address;
    this.folder = folder.toFile();
    this.receiver = receiver;
    reader.scheduleWithFixedDelay(this::readAll, 0, 1, TimeUnit.MILLISECONDS);
  }

  static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "talk-folder");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public UserAddress address() {
    return address;
  }

  private void readAll() {
    for (File file : files(Letter.SUFFIX)) {
      read(new Letter(file.toPath()));
    }
  }

  private void read(Letter letter) {
    try {
      CompletableFuture<Void> answered =
          receiver
              .receive(letter.take())
              .handle((done, failure) -> failure == null ? null : ChatException.of(failure))
              .thenAccept(letter::answer);
      taken = CompletableFuture.allOf(taken, answered);
    } catch (IOException | RuntimeException e) {
      letter.answer(ChatException.of(e));
    }
  }

  private File[] files(String suffix) {
    File[] files = folder.listFiles((in, name) -> name.endsWith(suffix));
    return files == null ? new File[0] : files;
  }

  /** What was taken in is answered, and the answers are fetched, or it takes too long. */
  @Override
  public void close() {
    reader.shutdown();
    try {
      reader.awaitTermination(1, TimeUnit.SECONDS);
      taken.get(1, TimeUnit.SECONDS);
      for (int i = 0; i < 100 && files(".answer").length > 0; i++) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      // Whoever waits for an answer sees that the folder is gone.
    }
    for (File file : files("")) {
      file.delete();
    }
    folder.delete();
  }
}
