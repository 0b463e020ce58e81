package chat.talk.http.internal.json;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Texts and documents of all kinds, always the same for a seed. */
final class RandomJson {
  static final int[] UNUSUAL = {
    0, 7, '\b', '\t', '\n', '\f', '\r', 0x1f, ' ', '"', '\\', '/', 0x7f, 0x80, 0x7ff, 0x800, 0x2027,
    0x2028, 0x2029, 0x202a, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x1f600, 0x10ffff
  };

  private final Random random;

  RandomJson(long seed) {
    this.random = new Random(seed);
  }

  /** A number from 0 to below this one. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(random.nextInt(50) == 0 ? 3_000 : 40);
    for (int i = 0; i < length; i++) {
      boolean isUnusual = random.nextInt(4) == 0;
      text.appendCodePoint(
          isUnusual ? UNUSUAL[random.nextInt(UNUSUAL.length)] : ' ' + random.nextInt(90));
    }
    return text.toString();
  }

  Object document(int depth) {
    int kind = random.nextInt(depth == 0 ? 3 : 5);
    if (kind == 0) {
      return random.nextLong();
    } else if (kind == 1) {
      return random.nextBoolean();
    } else if (kind == 2) {
      return text();
    }
    return kind == 3 ? list(depth) : map(depth);
  }

  private List<Object> list(int depth) {
    return Arrays.asList(
        random.ints(random.nextInt(5)).mapToObj(i -> document(depth - 1)).toArray());
  }

  Map<String, Object> map(int depth) {
    Map<String, Object> fields = new TreeMap<>();
    random.ints(random.nextInt(5)).forEach(i -> fields.put(text(), document(depth - 1)));
    return fields;
  }
}
