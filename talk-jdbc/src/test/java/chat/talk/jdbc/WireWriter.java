package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.room.Chunk;
import chat.talk.room.Token;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/**
 * Writes what a hub and its clients tell each other: records part by part, whichever there are.
 * {@link WireReader} is the other end.
 */
final class WireWriter {
  private final DataOutputStream out;
  private final Map<Class<?>, Integer> types = new HashMap<>();

  WireWriter(DataOutputStream out) {
    this.out = out;
  }

  void flush() throws IOException {
    out.flush();
  }

  void write(@Nullable Object value) throws IOException {
    if (value == null) {
      out.writeByte('-');
    } else if (value instanceof Record one) {
      writeRecord(one);
    } else if (value instanceof List<?> list) {
      writeAll('L', list);
    } else if (value instanceof Map<?, ?> map) {
      writeAll('K', List.copyOf(map.keySet()));
      writeAll('L', List.copyOf(map.values()));
    } else if (!writePlain(value)) {
      writeSpecial(value);
    }
  }

  private boolean writePlain(Object value) throws IOException {
    if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeByte('S');
      out.writeInt(bytes.length);
      out.write(bytes);
    } else if (value instanceof Long number) {
      out.writeByte('J');
      out.writeLong(number);
    } else if (value instanceof Integer number) {
      out.writeByte('I');
      out.writeInt(number);
    } else if (value instanceof Boolean flag) {
      out.writeByte(flag ? 'Y' : 'N');
    } else {
      return false;
    }
    return true;
  }

  private void writeSpecial(Object value) throws IOException {
    if (value instanceof Instant time) {
      writeAll('T', List.of(time.getEpochSecond(), time.getNano()));
    } else if (value instanceof Duration span) {
      writeAll('D', List.of(span.getSeconds(), span.getNano()));
    } else if (value instanceof Enum<?> one) {
      out.writeByte('E');
      writeType(one.getDeclaringClass());
      out.writeUTF(one.name());
    } else if (value instanceof Token token) {
      writeAll('X', List.of(token.secret()));
    } else if (value instanceof Chunk chunk) {
      writeAll('C', List.of(chunk.chat(), chunk.after(), chunk.entries(), chunk.next()));
    } else if (value instanceof ChatException failure) {
      writeAll('F', List.of(failure.code(), String.valueOf(failure.getMessage())));
    } else {
      throw new IllegalArgumentException("cannot be told: a " + value.getClass());
    }
  }

  private void writeRecord(Record value) throws IOException {
    out.writeByte('R');
    writeType(value.getClass());
    for (Method part : Shape.of(value.getClass()).parts()) {
      try {
        write(part.invoke(value));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a record's parts can be read", e);
      }
    }
  }

  private void writeAll(char kind, List<?> values) throws IOException {
    out.writeByte(kind);
    out.writeInt(values.size());
    for (Object each : values) {
      write(each);
    }
  }

  /** Its name the first time, then a number. */
  private void writeType(Class<?> type) throws IOException {
    Integer known = types.putIfAbsent(type, types.size());
    out.writeInt(known == null ? types.size() - 1 : known);
    if (known == null) {
      out.writeUTF(type.getName());
    }
  }
}
