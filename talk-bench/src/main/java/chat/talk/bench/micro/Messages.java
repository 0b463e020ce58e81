package chat.talk.bench.micro;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.room.HubStorage.Change;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Messages of 128 bytes in the general chat, each of which is a new one. */
final class Messages {
  static final ChatId GENERAL = ChatId.of("general");
  static final String TEXT = "x".repeat(128);

  private static final UserName AUTHOR = UserName.of("ada");

  private Messages() {}

  static ChatMessage one() {
    return new ChatMessage(GENERAL, MessageId.random(), AUTHOR, TEXT, Instant.now());
  }

  /** What a storage is given to keep a group of them. */
  static List<Change.Append> group(int size) {
    return IntStream.range(0, size).mapToObj(i -> new Change.Append(one())).toList();
  }
}
