package chat.talk.testkit.local;

import chat.talk.Storage;
import chat.talk.testkit.StorageContract;
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
