package chat.talk.testkit.local;

import chat.talk.Storage;
import chat.talk.room.HubStorage;
import chat.talk.testkit.BoundedStorageContract;

final class BoundedHubStorageTest extends BoundedStorageContract {
  @Override
  protected Storage open() {
    return HubStorage.inMemory();
  }

  @Override
  protected Storage openBounded(long maxCharacters) {
    return HubStorage.inMemory(maxCharacters);
  }
}
