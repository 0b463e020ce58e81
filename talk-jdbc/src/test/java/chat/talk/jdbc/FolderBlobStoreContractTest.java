package chat.talk.jdbc;

import chat.talk.Scheduler;
import chat.talk.room.BlobStore;
import chat.talk.testkit.DurableBlobStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class FolderBlobStoreContractTest extends DurableBlobStoreContract {
  @TempDir private Path parent;
  private Path folder;

  @Override
  protected BlobStore open(long quota, Scheduler clock) {
    try {
      folder = Files.createTempDirectory(parent, "blobs");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return openAgain(quota, clock);
  }

  @Override
  protected BlobStore openAgain(long quota, Scheduler clock) {
    return FolderBlobStore.open(folder, quota, clock);
  }
}
