package chat.talk.testkit.local;

import chat.talk.Storage;
import chat.talk.testkit.BoundedStorageContract;

final class InMemoryStorageTest extends BoundedStorageContract {
  @Override
  protected Storage open() {
    return Storage.inMemory();
  }

  @Override
  protected Storage openBounded(long maxCharacters) {
    return Storage.inMemory(maxCharacters);
  }
}
