package chat.talk.http.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/** Writes byte for byte what Moshi's writer does. */
class JsonOutTest {
  private static final int[] UNUSUAL = {
    0, 7, '\b', '\t', '\n', '\f', '\r', 0x1f, ' ', '"', '\\', '/', 0x7f, 0x80, 0x7ff, 0x800, 0x2027,
    0x2028, 0x2029, 0x202a, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x1f600, 0x10ffff
  };

  private final Random random = new Random(1);

  private static String moshi(Object document) throws IOException {
    Buffer out = new Buffer();
    JsonWriter.of(out).jsonValue(document);
    return out.readUtf8();
  }

  private static String own(Object document) {
    return new JsonOut().document(document).buffer().readUtf8();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(random.nextInt(50) == 0 ? 3_000 : 40);
    for (int i = 0; i < length; i++) {
      boolean isUnusual = random.nextInt(4) == 0;
      text.appendCodePoint(
          isUnusual ? UNUSUAL[random.nextInt(UNUSUAL.length)] : ' ' + random.nextInt(90));
    }
    return text.toString();
  }

  private Object document(int depth) {
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

  private Map<String, Object> map(int depth) {
    Map<String, Object> fields = new TreeMap<>();
    random.ints(random.nextInt(5)).forEach(i -> fields.put(text(), document(depth - 1)));
    return fields;
  }

  @Test
  void anyTextIsWrittenAsMoshiDoes() throws IOException {
    for (int point : UNUSUAL) {
      String text = "a" + Character.toString(point) + "z";
      assertThat(own(List.of(text))).isEqualTo(moshi(List.of(text)));
    }
    for (int i = 0; i < 5_000; i++) {
      List<Object> document = List.of(text());
      assertThat(own(document)).isEqualTo(moshi(document));
    }
  }

  @Test
  void anyDocumentIsWrittenAsMoshiDoes() throws IOException {
    for (int i = 0; i < 5_000; i++) {
      Map<String, Object> document = map(4);
      assertThat(own(document)).isEqualTo(moshi(document));
    }
  }

  @Test
  void halfASurrogatePairIsWrittenAsMoshiDoes() throws IOException {
    for (String text : List.of("\ud83d", "a\ud83dz", "\ude00\ud83d", "\ud83d\"")) {
      assertThat(own(List.of(text))).isEqualTo(moshi(List.of(text)));
    }
  }

  @Test
  void nameWithoutAValueIsLeftOut() {
    JsonOut out = new JsonOut().beginObject().name("a").value((String) null);
    out.name("b").value(1).name("c").value((String) null).name("d").value(true).endObject();
    assertThat(out.buffer().readUtf8()).isEqualTo("{\"b\":1,\"d\":true}");
  }
}
