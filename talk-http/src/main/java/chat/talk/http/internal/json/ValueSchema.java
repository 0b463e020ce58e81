package chat.talk.http.internal.json;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The schema of a single value. */
@FunctionalInterface
interface ValueSchema {
  ValueSchema USER =
      named(
          "UserName",
          "^(?!\\.{1,2}$)[a-zA-Z0-9\\-_.]{1,64}$",
          "A user's name: 1 to 64 characters out of a-z A-Z 0-9 - _ . and not . or ..");
  ValueSchema CHAT =
      named(
          "ChatId",
          "^[a-zA-Z0-9\\-_.~]{1,129}$",
          "A chat's id: 1 to 129 characters out of a-z A-Z 0-9 - _ . ~; the direct chat of ada and"
              + " bob is ada~bob");
  ValueSchema MESSAGE =
      named(
          "MessageId",
          "^[a-zA-Z0-9\\-_.:~]{1,64}$",
          "A message's id, chosen by its author, who uses it once: 1 to 64 characters out of a-z"
              + " A-Z 0-9 - _ . : ~. The same again is a repeat, which doubles nothing");
  ValueSchema CURSOR =
      named(
          "Cursor",
          "^[0-9a-z]{1,13}-[0-9a-z]{1,13}$",
          "A place between two entries of a chat's log. Opaque: keep it and hand it back. 0-0 is"
              + " before the first entry, 0-1y2p0ij32e8e7 after the newest");
  ValueSchema DIGEST = named("Digest", "^[0-9a-f]{64}$", "The SHA-256 of some bytes");
  ValueSchema TOKEN =
      named(
          "Token",
          "^[A-Za-z0-9\\-._~]{22,512}$",
          "A random secret that opens something: 22 to 512 characters out of a-z A-Z 0-9 - . _ ~");
  ValueSchema TIME = known -> Schemas.format("date-time");
  ValueSchema DURATION = known -> Schemas.format("duration");

  Map<String, Object> in(Schemas known);

  private static ValueSchema named(String name, String pattern, String description) {
    return known -> known.named(name, () -> Schemas.text(pattern, description));
  }

  /** One of an enum's names. */
  static ValueSchema constants(Object[] constants) {
    Class<?> type = ((Enum<?>) constants[0]).getDeclaringClass();
    String name = type.getDeclaringClass().getSimpleName() + type.getSimpleName();
    List<String> names = Arrays.stream(constants).map(String::valueOf).toList();
    return known -> known.named(name, () -> Map.of("type", "string", "enum", names));
  }
}
