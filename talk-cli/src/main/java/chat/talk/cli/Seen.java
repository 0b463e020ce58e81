package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageKey;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jetbrains.annotations.Nullable;

/**
 * The messages that were shown, so that a user can point at one: by its place in its chat, which is
 * the same number for everybody, or as the last one. May be used by any thread.
 */
final class Seen {
  static final String LAST = "last";

  /** In each chat; who points further back looks at the history first. */
  private static final int MOST = 5_000;

  private static final Pattern NUMBER = Pattern.compile("#?(\\d{1,18})");

  private record Place(MessageKey message, Cursor cursor) {}

  private final Map<ChatId, NavigableMap<Long, Place>> chats = new HashMap<>();

  synchronized void add(Entry entry) {
    if (entry.event() instanceof ChatMessage message) {
      NavigableMap<Long, Place> places =
          chats.computeIfAbsent(message.chat(), chat -> new TreeMap<>());
      places.put(place(entry), new Place(message.key(), entry.cursor()));
      if (places.size() > MOST) {
        places.pollFirstEntry();
      }
    }
  }

  /** The number that is shown beside it. */
  static long place(Entry entry) {
    return entry.cursor().sequence();
  }

  synchronized OptionalLong placeOf(ChatId chat, MessageKey message) {
    return chats.getOrDefault(chat, new TreeMap<>()).entrySet().stream()
        .filter(place -> place.getValue().message().equals(message))
        .mapToLong(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * The message that a user means.
   *
   * @param word its number, with or without a #, or {@value #LAST}
   * @param fits what the last one has to be
   * @throws ChatException when it is no number, or that of no message that was shown
   */
  MessageKey find(ChatId chat, String word, Predicate<MessageKey> fits) {
    return search(chat, word, fits).message();
  }

  /** Whether a message was shown; true for what points at none. */
  synchronized boolean has(ChatId chat, String word) {
    var parts = NUMBER.matcher(word);
    return parts.matches()
        ? chats.getOrDefault(chat, new TreeMap<>()).containsKey(Long.parseLong(parts.group(1)))
        : chats.containsKey(chat);
  }

  /** The place just behind the message that a user means. */
  Cursor cursor(ChatId chat, String word) {
    return search(chat, word, any -> true).cursor();
  }

  private synchronized Place search(ChatId chat, String word, Predicate<MessageKey> fits) {
    NavigableMap<Long, Place> places = chats.getOrDefault(chat, new TreeMap<>());
    Place found = word.equals(LAST) ? last(places, fits) : places.get(number(word));
    if (found == null) {
      throw new ChatException(
          Code.NOT_FOUND,
          "there is no message " + word + " here, or it is an old one (:history shows them)");
    }
    return found;
  }

  private static @Nullable Place last(
      NavigableMap<Long, Place> places, Predicate<MessageKey> fits) {
    return places.descendingMap().values().stream()
        .filter(place -> fits.test(place.message()))
        .findFirst()
        .orElse(null);
  }

  private static long number(String word) {
    var parts = NUMBER.matcher(word);
    if (!parts.matches()) {
      throw new ChatException(
          Code.INVALID, "a message is the number beside it, such as #12, or last; but was " + word);
    }
    return Long.parseLong(parts.group(1));
  }
}
