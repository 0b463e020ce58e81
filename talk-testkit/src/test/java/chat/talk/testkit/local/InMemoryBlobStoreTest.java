package chat.talk.testkit.local;

import chat.talk.Scheduler;
import chat.talk.room.BlobStore;
import chat.talk.testkit.BlobStoreContract;

final class InMemoryBlobStoreTest extends BlobStoreContract {
  @Override
  protected BlobStore open(long quota, Scheduler clock) {
    return BlobStore.inMemory(quota, clock);
  }
}
