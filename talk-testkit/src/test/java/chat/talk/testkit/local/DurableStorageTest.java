package chat.talk.testkit.local;

import chat.talk.Storage;
import chat.talk.testkit.DurableStorageContract;

/** Holds the contract itself against a storage that lasts as long as this JVM does. */
final class DurableStorageTest extends DurableStorageContract {
  private Storage memory;

  @Override
  protected Storage open() {
    memory = Storage.inMemory();
    return openAgain();
  }

  @Override
  protected Storage openAgain() {
    return Closable.view(Storage.class, memory);
  }
}
