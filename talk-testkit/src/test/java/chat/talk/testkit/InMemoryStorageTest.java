package chat.talk.testkit;

import chat.talk.Storage;
import java.util.Optional;

final class InMemoryStorageTest extends StorageContract {
  @Override
  protected Storage open() {
    return Storage.inMemory();
  }

  @Override
  protected Optional<Storage> openBounded(long maxCharacters) {
    return Optional.of(Storage.inMemory(maxCharacters));
  }
}
