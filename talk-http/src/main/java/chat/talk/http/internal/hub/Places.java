package chat.talk.http.internal.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where somebody has come to in several chats, as one opaque token that a header and a URL can
 * hold: the id of an event.
 */
final class Places {
  private Places() {}

  static String write(Map<ChatId, Cursor> places) {
    return places.entrySet().stream()
        .map(place -> place.getKey() + ":" + place.getValue())
        .collect(Collectors.joining(","));
  }

  /**
   * Reads back what {@link #write} wrote.
   *
   * @throws ChatException with INVALID when it is no such token
   */
  static Map<ChatId, Cursor> read(String token) {
    Map<ChatId, Cursor> places = new LinkedHashMap<>();
    if (!token.isEmpty()) {
      for (String place : token.split(",", -1)) {
        int colon = place.indexOf(':');
        if (colon < 0) {
          throw new ChatException(Code.INVALID, "not a place to go on from");
        }
        places.put(ChatId.of(place.substring(0, colon)), Cursor.parse(place.substring(colon + 1)));
      }
    }
    return places;
  }
}
