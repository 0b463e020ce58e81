package chat.talk.testkit.local;

import chat.talk.room.HubStorage;
import chat.talk.testkit.HubStorageContract;

final class InMemoryHubStorageTest extends HubStorageContract {
  @Override
  protected HubStorage open() {
    return HubStorage.inMemory();
  }
}
