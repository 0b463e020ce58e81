package chat.talk.testkit;

import chat.talk.Registry;

final class InMemoryRegistryTest extends RegistryContract {
  @Override
  protected Registry registry() {
    return Registry.inMemory();
  }
}
