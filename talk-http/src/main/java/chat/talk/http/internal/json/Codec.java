package chat.talk.http.internal.json;

import java.util.Map;

/**
 * How values of one type stand in JSON.
 *
 * @param <T> the type; never null
 */
interface Codec<T> {
  void write(JsonOut out, T value);

  /** Reads a value; throws INVALID, naming the place, when there is none. */
  T read(JsonIn in);

  /**
   * What JSON that is.
   *
   * @param known where schemas that have a name are kept
   */
  Map<String, Object> schema(Schemas known);
}
