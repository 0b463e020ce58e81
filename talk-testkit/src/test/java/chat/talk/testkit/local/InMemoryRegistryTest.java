package chat.talk.testkit.local;

import chat.talk.Registry;
import chat.talk.testkit.RegistryContract;

final class InMemoryRegistryTest extends RegistryContract {
  @Override
  protected Registry registry() {
    return Registry.inMemory();
  }
}
