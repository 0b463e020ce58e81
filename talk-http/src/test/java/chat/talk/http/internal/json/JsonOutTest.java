package chat.talk.http.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/** Writes byte for byte what Moshi's writer does. */
class JsonOutTest {
  private final RandomJson random = new RandomJson(1);

  private static String moshi(Object document) throws IOException {
    Buffer out = new Buffer();
    JsonWriter.of(out).jsonValue(document);
    return out.readUtf8();
  }

  private static String own(Object document) {
    return new JsonOut().document(document).text();
  }

  @Test
  void anyTextIsWrittenAsMoshiDoes() throws IOException {
    for (int point : RandomJson.UNUSUAL) {
      String text = "a" + Character.toString(point) + "z";
      assertThat(own(List.of(text))).isEqualTo(moshi(List.of(text)));
    }
    for (int i = 0; i < 5_000; i++) {
      List<Object> document = List.of(random.text());
      assertThat(own(document)).isEqualTo(moshi(document));
    }
  }

  @Test
  void unusualCharacterIsFoundWhereverItStandsInALongText() throws IOException {
    for (int length = 32; length <= 40; length++) {
      for (int at = 0; at < length; at++) {
        StringBuilder text = new StringBuilder("x".repeat(length));
        for (int c = 0; c < 0x80; c++) {
          text.setCharAt(at, (char) c);
          List<Object> document = List.of(text.toString());
          assertThat(own(document)).isEqualTo(moshi(document));
        }
      }
    }
  }

  @Test
  void longTextOfAnyScriptIsWrittenAsMoshiDoes() throws IOException {
    for (String script : List.of("é", "Жб", "ש", "漢字", "😀", "\u2028", "“x”", "€", "\ud83d")) {
      List<Object> document = List.of(script.repeat(40) + "\"" + script, script.repeat(33));
      assertThat(own(document)).isEqualTo(moshi(document));
    }
  }

  @Test
  void anyDocumentIsWrittenAsMoshiDoes() throws IOException {
    for (int i = 0; i < 5_000; i++) {
      Map<String, Object> document = random.map(4);
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
    assertThat(out.text()).isEqualTo("{\"b\":1,\"d\":true}");
  }

  @Test
  void oneThatIsWrittenWhileAnotherIsDoesNotTouchIt() {
    new JsonOut().value("leaves its array behind").bytes();
    JsonOut outer = new JsonOut().beginArray().value("outer");
    JsonOut inner = new JsonOut().value("inner");
    outer.value(1);
    byte[] first = inner.bytes();
    JsonOut next = new JsonOut().value("other");
    assertThat(outer.endArray().text()).isEqualTo("[\"outer\",1]");
    assertThat(next.text()).isEqualTo("\"other\"");
    assertThat(first).asString().isEqualTo("\"inner\"");
    assertThatThrownBy(next::text).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
