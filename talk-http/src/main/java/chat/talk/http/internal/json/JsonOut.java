package chat.talk.http.internal.json;

import chat.talk.http.WebSocketText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) straight into bytes: every entry and every answer goes through here.
 * Whoever calls it keeps the grammar: a value behind each name, and an end for each beginning. It
 * ends with {@link #bytes}, {@link #text} or {@link #frame}, and can't be used after that.
 */
final class JsonOut {
  private static final int FIRST_CAPACITY = 512;

  /** A larger array isn't kept. */
  private static final int MAX_SPARE = 64 * 1024;

  /** The array in which a thread wrote last, while it writes nothing: grown for what it writes. */
  private static final ThreadLocal<byte @Nullable []> SPARE = new ThreadLocal<>();

  /** Of one that has ended. */
  private static final byte[] NO_BYTES = {};

  /** The most that one character comes to: a backslash, a u and four digits. */
  private static final int MOST_BYTES = 6;

  private static final int LONG_TEXT = 32;

  /** The first byte of what JavaScript once took for ends of lines, and of others. */
  private static final byte SEPARATOR = (byte) 0xE2;

  /** What stands behind the backslash: 0 where there is none, u where there is no short form. */
  private static final char[] ESCAPES = escapes();

  private byte[] bytes = takeSpare();

  /** Less than 0 when it has ended, so that whatever is done with it then fails. */
  private int size;

  /** Whether something stands before, in the same object or array. */
  private boolean follows;

  /** What these two were before the last name. */
  private int sizeBefore;

  private boolean followedBefore;

  /** A field's name as it stands in JSON, with the colon: made once for many objects. */
  static final class Name {
    private final byte[] bytes;

    Name(String name) {
      JsonOut out = new JsonOut();
      out.put(name);
      out.put(':');
      bytes = out.bytes();
    }

    /** How many bytes it takes, with its colon. */
    int length() {
      return bytes.length;
    }
  }

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
    beginName();
    put(name);
    put(':');
    return this;
  }

  JsonOut name(Name name) {
    beginName();
    put(name.bytes);
    return this;
  }

  private void beginName() {
    sizeBefore = size;
    followedBefore = follows;
    separate();
    follows = false;
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

  JsonOut value(Instant time) {
    separate();
    put('"');
    reserve(TimeText.MAX_LENGTH);
    size = TimeText.put(time, bytes, size);
    put('"');
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

  /** A value that was written before. */
  JsonOut ready(byte[] value) {
    separate();
    put(value);
    return this;
  }

  /** An object that was written before, with another field, before the one that begins there. */
  JsonOut ready(byte[] object, int next, Name name, String field) {
    separate();
    put(object, 0, next);
    put(name.bytes);
    put(field);
    put(',');
    put(object, next, object.length);
    return this;
  }

  /** Takes out what stands between two places. */
  void remove(int from, int to) {
    System.arraycopy(bytes, to, bytes, from, size - to);
    size -= to - from;
  }

  /** Where a name begins that was written from a place on. */
  int find(Name name, int from) {
    int at = from;
    while (!Arrays.equals(bytes, at, at + name.bytes.length, name.bytes, 0, name.bytes.length)) {
      at++;
    }
    return at;
  }

  /** Where the next value will begin. */
  int begin() {
    return follows ? size + 1 : size;
  }

  /** How many bytes there are. */
  int size() {
    return size;
  }

  /** What was written from a place on but for what stands between two others. */
  byte[] since(int begin, int from, int to) {
    byte[] written = Arrays.copyOfRange(bytes, begin, size - (to - from));
    System.arraycopy(bytes, to, written, from - begin, size - to);
    return written;
  }

  /** Ends with what was written, as UTF-8. */
  byte[] bytes() {
    byte[] written = Arrays.copyOf(bytes, size);
    giveBack();
    return written;
  }

  /** Ends with what was written, as a text. */
  String text() {
    String written = new String(bytes, 0, size, StandardCharsets.UTF_8);
    giveBack();
    return written;
  }

  /** Ends with what was written, in the form in which it goes out. */
  WebSocketText frame() {
    WebSocketText written = WebSocketText.of(bytes, size);
    giveBack();
    return written;
  }

  private static byte[] takeSpare() {
    byte[] spare = SPARE.get();
    SPARE.set(null);
    return spare == null ? new byte[FIRST_CAPACITY] : spare;
  }

  private void giveBack() {
    if (bytes.length <= MAX_SPARE) {
      SPARE.set(bytes);
    }
    bytes = NO_BYTES;
    size = -1;
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

  private void put(byte[] ready) {
    put(ready, 0, ready.length);
  }

  private void put(byte[] ready, int from, int to) {
    reserve(to - from);
    System.arraycopy(ready, from, bytes, size, to - from);
    size += to - from;
  }

  private void put(String text) {
    put('"');
    byte[] plain = text.length() < LONG_TEXT ? null : plain(text);
    if (plain == null) {
      putEach(text);
    } else {
      put(plain);
    }
    put('"');
  }

  /** The text in UTF-8 if that is all there is to it, which is quicker than to go through it. */
  private static byte @Nullable [] plain(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int i = 0;
    for (; i + Long.BYTES <= utf8.length; i += Long.BYTES) {
      if (holdsUnusual(EightBytes.at(utf8, i))) {
        return null;
      }
    }
    for (; i < utf8.length; i++) {
      if (isUnusual(utf8[i])) {
        return null;
      }
    }
    return utf8;
  }

  /** Whether a byte is a character to be escaped, or may begin one. */
  private static boolean isUnusual(byte utf8) {
    return utf8 == SEPARATOR || (utf8 >= 0 && ESCAPES[utf8] != 0);
  }

  /** Whether one of eight bytes is, or may be. */
  private static boolean holdsUnusual(long eight) {
    return (EightBytes.specials(eight) | EightBytes.equal(eight, SEPARATOR & 0xff)) != 0;
  }

  private void putEach(String text) {
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
