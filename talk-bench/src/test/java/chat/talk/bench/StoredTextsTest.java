package chat.talk.bench;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.room.HubStorage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredTextsTest {
  private static final ChatId CHAT = ChatId.of("here");
  private static final int EACH = 3_000;

  private final List<ChatMessage> messages = new ArrayList<>();

  StoredTextsTest() {
    StoredTexts ann = new StoredTexts();
    StoredTexts bob = new StoredTexts();
    for (int i = 0; i < EACH; i++) {
      messages.add(message("ann", ann.next()));
      messages.add(message("bob", bob.next()));
    }
  }

  @Test
  void allThatWasStoredIsFound() {
    assertThat(areAllIn(2 * EACH)).isTrue();
    assertThat(areAllIn(2 * EACH + 1)).isFalse();
  }

  @Test
  void whatIsMissingIsMissed() {
    messages.remove(17);
    assertThat(areAllIn(2 * EACH - 1)).isFalse();
  }

  @Test
  void anotherOrderIsSeen() {
    Collections.swap(messages, 4_000, 4_002);
    assertThat(areAllIn(2 * EACH)).isFalse();
  }

  private boolean areAllIn(long count) {
    HubStorage storage = HubStorage.inMemory();
    storage.append(messages);
    return StoredTexts.areAllIn(storage, CHAT, count);
  }

  private static ChatMessage message(String author, String text) {
    return new ChatMessage(CHAT, MessageId.random(), UserName.of(author), text, Instant.EPOCH);
  }
}
