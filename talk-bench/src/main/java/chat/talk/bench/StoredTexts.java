package chat.talk.bench;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.jdbc.Database;
import chat.talk.room.HubStorage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One author's texts, which tell their number; and whether a file has all that were stored. */
final class StoredTexts {
  private static final int LENGTH = 128;
  private static final int PAGE = 4096;

  private final byte[] text = "x".repeat(LENGTH).getBytes(StandardCharsets.US_ASCII);
  private int next;

  /** For one thread at a time. */
  String next() {
    NumberedText.write(next++, text, 0);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Whether a chat has so many messages, each author's in their order. */
  static boolean areAllIn(Path file, ChatId chat, long count) {
    try (Database database = Database.open(file.toString())) {
      return areAllIn(database.storage(), chat, count);
    }
  }

  static boolean areAllIn(HubStorage storage, ChatId chat, long count) {
    Map<UserName, Integer> numbers = new HashMap<>();
    long found = 0;
    Page page = storage.readAfter(chat, Cursor.START, PAGE);
    while (!page.entries().isEmpty()) {
      for (Entry entry : page.entries()) {
        if (entry.event() instanceof ChatMessage message) {
          found++;
          if (!isNext(message, numbers.merge(message.author(), 1, Integer::sum))) {
            return false;
          }
        }
      }
      page = storage.readAfter(chat, page.next(), PAGE);
    }
    return found == count;
  }

  private static boolean isNext(ChatMessage message, int number) {
    return message.text().length() == LENGTH
        && Integer.parseInt(message.text(), 0, NumberedText.DIGITS, 10) == number - 1;
  }
}
