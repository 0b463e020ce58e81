package chat.talk.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.UserName;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Change;
import chat.talk.testkit.HubStorageContract;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InMemoryHubStorageTest extends HubStorageContract {
  @Override
  protected HubStorage open() {
    return HubStorage.inMemory();
  }

  @Test
  void factsComeInTheOrderInWhichTheyWereFirstPut() {
    HubStorage storage = open();
    storage.commit(List.of(put("carol", 1), put("alice", 1), put("bob", 1)));
    storage.commit(List.of(put("carol", 2), new Change.Drop(window("alice", 1)), put("alice", 3)));
    assertThat(storage.facts())
        .containsExactly(window("carol", 2), window("bob", 1), window("alice", 3));
  }

  private static Change put(String user, int count) {
    return new Change.Put(window(user, count));
  }

  private static Fact window(String user, int count) {
    return new Fact.Window(UserName.of(user), Instant.EPOCH, count);
  }
}
