package chat.talk.http;

import chat.talk.ChatException;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.http.internal.json.ValueJson;
import chat.talk.room.Command;
import java.util.List;

/**
 * The JSON that a hub's API speaks, for programs that write it down or pass it on: byte for byte
 * what stands in {@code golden-json} of talk-testkit, in one line. All methods may be called by any
 * thread.
 */
public final class HubJson {
  private HubJson() {}

  /**
   * An entry, as {@code GET /v1/chats/{chat}/messages} lists it. The frame {@code entries} leaves
   * out the field {@code chat}, which it tells once for all of them.
   *
   * @param entry any entry
   * @return an object
   */
  public static String entry(Entry entry) {
    return ValueJson.write(entry);
  }

  /**
   * Reads an entry. Fields that aren't known are passed over.
   *
   * @param json what {@link #entry(Entry)} gives, or the like
   * @return the entry
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is none
   */
  public static Entry entry(String json) {
    return ValueJson.readEntry(json);
  }

  /**
   * A notice, as the frame of its kind.
   *
   * @param notice any notice
   * @return an object
   */
  public static String notice(Notice notice) {
    return ValueJson.write(notice);
  }

  /**
   * What {@link Command}s are answered with, as the field {@code value} of the frame {@code answer}
   * has it.
   *
   * @param value a record out of {@code chat.talk} or {@code chat.talk.room}, a single value such
   *     as a name, a text or a boolean, or a {@link List} of these
   * @return an object, an array, or a single value
   */
  public static String value(Object value) {
    return ValueJson.write(value);
  }
}
