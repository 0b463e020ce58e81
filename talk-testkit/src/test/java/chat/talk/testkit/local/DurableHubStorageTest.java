package chat.talk.testkit.local;

import chat.talk.room.HubStorage;
import chat.talk.testkit.DurableHubStorageContract;

/** Holds the contract itself against a storage that lasts as long as this JVM does. */
final class DurableHubStorageTest extends DurableHubStorageContract {
  private HubStorage memory;

  @Override
  protected HubStorage open() {
    memory = HubStorage.inMemory();
    return openAgain();
  }

  @Override
  protected HubStorage openAgain() {
    return Closable.view(HubStorage.class, memory);
  }
}
