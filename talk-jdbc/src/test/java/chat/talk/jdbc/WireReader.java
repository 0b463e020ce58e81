package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.room.Chunk;
import chat.talk.room.Token;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/** Reads what a {@link WireWriter} has written. */
final class WireReader {
  private final DataInputStream in;
  private final List<Class<?>> types = new ArrayList<>();

  WireReader(DataInputStream in) {
    this.in = in;
  }

  @Nullable
  Object read() throws IOException {
    char kind = (char) in.readByte();
    return switch (kind) {
      case '-' -> null;
      case 'Y' -> true;
      case 'N' -> false;
      case 'I' -> in.readInt();
      case 'J' -> in.readLong();
      case 'S' -> new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      case 'L' -> readAll();
      case 'K' -> readMap();
      case 'R' -> readRecord();
      case 'E' -> constant(readType(), in.readUTF());
      default -> readSpecial(kind, readAll());
    };
  }

  private static Object readSpecial(char kind, List<?> parts) {
    return switch (kind) {
      case 'T' -> Instant.ofEpochSecond((Long) parts.get(0), (Integer) parts.get(1));
      case 'D' -> Duration.ofSeconds((Long) parts.get(0), (Integer) parts.get(1));
      case 'X' -> Token.of((String) parts.get(0));
      case 'F' -> new ChatException((ChatException.Code) parts.get(0), (String) parts.get(1));
      case 'C' -> chunk(parts);
      default -> throw new IllegalArgumentException("no such kind of value: " + kind);
    };
  }

  private static Object constant(Class<?> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> ((Enum<?>) each).name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Chunk chunk(List<?> parts) {
    List<Entry> entries = ((List<?>) parts.get(2)).stream().map(Entry.class::cast).toList();
    Cursor after = (Cursor) parts.get(1);
    return new Chunk((ChatId) parts.get(0), after, entries, (Cursor) parts.get(3));
  }

  private List<Object> readAll() throws IOException {
    int size = in.readInt();
    List<Object> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      all.add(read());
    }
    return all;
  }

  private Map<Object, Object> readMap() throws IOException {
    List<Object> keys = readAll();
    List<?> values = (List<?>) read();
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      map.put(keys.get(i), values.get(i));
    }
    return map;
  }

  private Object readRecord() throws IOException {
    Shape shape = Shape.of(readType());
    Object[] parts = new Object[shape.parts().size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = read();
    }
    try {
      return shape.constructor().newInstance(parts);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("not a record's parts", e);
    }
  }

  private Class<?> readType() throws IOException {
    int number = in.readInt();
    if (number == types.size()) {
      try {
        types.add(Class.forName(in.readUTF()));
      } catch (ClassNotFoundException e) {
        throw new IllegalArgumentException("no such type", e);
      }
    }
    return types.get(number);
  }
}
