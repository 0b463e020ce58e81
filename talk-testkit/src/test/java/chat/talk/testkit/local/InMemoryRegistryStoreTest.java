package chat.talk.testkit.local;

import chat.talk.RegistryStore;
import chat.talk.testkit.RegistryStoreContract;

final class InMemoryRegistryStoreTest extends RegistryStoreContract {
  @Override
  protected RegistryStore open() {
    return RegistryStore.inMemory();
  }
}
