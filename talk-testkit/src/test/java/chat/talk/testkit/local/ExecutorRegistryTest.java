package chat.talk.testkit.local;

import chat.talk.Registry;
import chat.talk.RegistryStore;
import chat.talk.testkit.RegistryContract;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

final class ExecutorRegistryTest extends RegistryContract {
  private final ExecutorService executor = Executors.newFixedThreadPool(4);

  @Override
  protected Registry registry() {
    return Registry.on(RegistryStore.inMemory(), executor);
  }

  @Override
  protected void close() {
    executor.shutdownNow();
  }
}
