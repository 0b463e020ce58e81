package chat.talk.http.internal.json;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.jetbrains.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) straight into bytes: every entry and every answer goes through here.
 * Whoever calls it keeps the grammar: a value behind each name, and an end for each beginning.
 */
final class JsonOut {
  private static final int FIRST_CAPACITY = 512;

  /** The most that one character comes to: a backslash, a u and four digits. */
  private static final int MOST_BYTES = 6;

  /** What stands behind the backslash: 0 where there is none, u where there is no short form. */
  private static final char[] ESCAPES = escapes();

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;

  /** Whether something stands before, in the same object or array. */
  private boolean follows;

  /** What these two were before the last name. */
  private int sizeBefore;

  private boolean followedBefore;

  private static char[] escapes() {
    char[] escapes = new char[0x80];
    Arrays.fill(escapes, 0, ' ', 'u');
    escapes['\b'] = 'b';
    escapes['\t'] = 't';
    escapes['\n'] = 'n';
    escapes['\f'] = 'f';
    escapes['\r'] = 'r';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    return escapes;
  }

  JsonOut beginObject() {
    return begin('{');
  }

  JsonOut endObject() {
    return end('}');
  }

  JsonOut beginArray() {
    return begin('[');
  }

  JsonOut endArray() {
    return end(']');
  }

  JsonOut name(String name) {
    sizeBefore = size;
    followedBefore = follows;
    separate();
    put(name);
    put(':');
    follows = false;
    return this;
  }

  /** A text; none at all takes its name away. */
  JsonOut value(@Nullable String text) {
    if (text == null) {
      size = sizeBefore;
      follows = followedBefore;
      return this;
    }
    separate();
    put(text);
    return this;
  }

  JsonOut value(long number) {
    return literal(Long.toString(number));
  }

  JsonOut value(boolean truth) {
    return literal(Boolean.toString(truth));
  }

  /** A document of maps, lists, texts, numbers and truth values. */
  JsonOut document(Object value) {
    if (value instanceof Map<?, ?> fields) {
      beginObject();
      fields.forEach((name, field) -> name(name.toString()).document(field));
      return endObject();
    } else if (value instanceof List<?> elements) {
      beginArray();
      elements.forEach(this::document);
      return endArray();
    }
    return value instanceof String text ? value(text) : literal(value.toString());
  }

  /** What was written. */
  Buffer buffer() {
    return new Buffer().write(bytes, 0, size);
  }

  private JsonOut begin(char bracket) {
    separate();
    put(bracket);
    follows = false;
    return this;
  }

  private JsonOut end(char bracket) {
    put(bracket);
    follows = true;
    return this;
  }

  private JsonOut literal(String ascii) {
    separate();
    for (int i = 0; i < ascii.length(); i++) {
      put(ascii.charAt(i));
    }
    return this;
  }

  private void separate() {
    if (follows) {
      put(',');
    }
    follows = true;
  }

  private void put(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
    }
  }

  private void put(String text) {
    put('"');
    int length = text.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ESCAPES.length && ESCAPES[c] == 0) {
        bytes[size++] = (byte) c;
      } else {
        int point = text.codePointAt(i);
        putUnusual(point);
        i += Character.charCount(point) - 1;
        reserve(length - i);
      }
    }
    put('"');
  }

  private void putUnusual(int point) {
    reserve(MOST_BYTES);
    if (point < ESCAPES.length && ESCAPES[point] != 'u') {
      bytes[size++] = '\\';
      bytes[size++] = (byte) ESCAPES[point];
    } else if (point < ESCAPES.length || point == '\u2028' || point == '\u2029') {
      putEscaped(point);
    } else {
      putUtf8(point);
    }
  }

  /** Also what JavaScript once took for ends of lines. */
  private void putEscaped(int point) {
    bytes[size++] = '\\';
    bytes[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[size++] = (byte) Character.forDigit((point >> shift) & 0xF, 16);
    }
  }

  private void putUtf8(int point) {
    if (point < 0x800) {
      bytes[size++] = (byte) (0xC0 | (point >> 6));
    } else if (Character.getType(point) == Character.SURROGATE) {
      bytes[size++] = '?'; // as String.getBytes has it
      return;
    } else if (point < 0x10000) {
      bytes[size++] = (byte) (0xE0 | (point >> 12));
      bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
    } else {
      bytes[size++] = (byte) (0xF0 | (point >> 18));
      bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
      bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
    }
    bytes[size++] = (byte) (0x80 | (point & 0x3F));
  }
}
