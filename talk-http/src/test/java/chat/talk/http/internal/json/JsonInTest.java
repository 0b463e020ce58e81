package chat.talk.http.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Takes and refuses what Moshi's reader does, but for what Moshi is too lenient with. */
class JsonInTest {
  /** What may stand anywhere when a document is changed. */
  private static final String PIECES = "{}[]\",:\\ \n\t\rtfnu0123456789-+.eEabcd/'#\u0000\u00a0é😀";

  private final RandomJson random = new RandomJson(2);

  private static Object own(String json) {
    return Json.decode(json, JsonTree::read);
  }

  /** Empty when it is refused. */
  private static List<Object> moshi(String json) {
    try {
      JsonReader in = JsonReader.of(new Buffer().writeUtf8(json));
      Object value = in.readJsonValue();
      boolean isAll = in.peek() == JsonReader.Token.END_DOCUMENT;
      return isAll && value != null ? List.of(value) : List.of();
    } catch (IOException | RuntimeException e) {
      return List.of();
    }
  }

  private static @Nullable Object ownOrNull(String json) {
    try {
      return own(json);
    } catch (ChatException e) {
      assertThat(e.code()).isEqualTo(ChatException.Code.INVALID);
      return null;
    }
  }

  private String document() throws IOException {
    Buffer out = new Buffer();
    JsonWriter writer = JsonWriter.of(out);
    writer.setIndent(random.below(2) == 0 ? "" : " ");
    writer.jsonValue(random.map(4));
    return out.readUtf8();
  }

  private String changed(String json) {
    StringBuilder changed = new StringBuilder(json);
    for (int i = random.below(3); i >= 0; i--) {
      int at = random.below(changed.length());
      char piece = PIECES.charAt(random.below(PIECES.length()));
      switch (random.below(4)) {
        case 0 -> changed.deleteCharAt(at).append(' ');
        case 1 -> changed.insert(at, piece);
        case 2 -> changed.setCharAt(at, piece);
        default -> changed.setLength(at + 1);
      }
    }
    return new String(changed.toString().getBytes(UTF_8), UTF_8);
  }

  @Test
  void documentIsReadAsMoshiDoes() throws IOException {
    for (int i = 0; i < 5_000; i++) {
      String json = document();
      assertThat(own(json)).isEqualTo(moshi(json).get(0));
    }
  }

  @Test
  void changedDocumentIsReadOrRefusedAsMoshiDoes() throws IOException {
    int refused = 0;
    for (int i = 0; i < 30_000; i++) {
      String json = changed(document());
      Object read = ownOrNull(json);
      if (read == null) {
        refused++;
        for (Object taken : moshi(json)) {
          assertThat(ownOrNull(strict(json))).as(json).isEqualTo(taken);
        }
      } else {
        assertThat(moshi(json)).as(json).containsExactly(read);
      }
    }
    assertThat(refused).isBetween(10_000, 29_000);
  }

  /**
   * Without what Moshi alone takes: RFC 8259, section 7, has control characters in strings escaped,
   * and knows no escape for an apostrophe or the end of a line.
   */
  private static String strict(String json) {
    StringBuilder strict = new StringBuilder();
    boolean isInString = false;
    boolean isEscaped = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      isInString ^= c == '"' && !isEscaped;
      boolean isOwnEscape = isEscaped && (c == '\'' || c == '\n');
      if (isOwnEscape) {
        strict.setLength(strict.length() - 1);
      }
      boolean isBare = isInString && c < ' ';
      strict.append(isBare ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      isEscaped = isInString && c == '\\' && !isEscaped;
    }
    return strict.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "}",
        "[",
        "]",
        "[}",
        "{]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "[,]",
        "[1,]",
        "[1 2]",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "{'a':1}",
        "[01]",
        "[1.]",
        "[.5]",
        "[+1]",
        "[-]",
        "[1e]",
        "[1x]",
        "[truex]",
        "\"\\'\"",
        "[1e+]",
        "[0x1]",
        "[NaN]",
        "[Infinity]",
        "[tru]",
        "[True]",
        "[nul]",
        "\"",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\u\u0661\u0661\u0661\u0661\"",
        "[1]]",
        "{} {}",
        "1 1",
        "[1]//",
        "/**/1",
        "\ufeff[1]",
        "[\u00a01]",
        "{\"a\":1,\"a\":1}",
        "[\"\n\"]",
        "[\"\u0000\"]"
      })
  void whatIsNoJsonIsRefused(String text) {
    assertThatThrownBy(() -> own(text))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(ChatException.Code.INVALID));
  }

  @Test
  void placeOfWhatIsWrongIsTold() {
    assertThatThrownBy(() -> own("{\"a\\tb\":1,\"\\u0041\":[x]}"))
        .hasMessage("malformed JSON at A[0]");
    assertThatThrownBy(() -> own("{\"a\":1,\"b")).hasMessage("malformed JSON at a");
    String json = "{\"a\":[0,{\"b\":[[],[true,x]]}]}";
    assertThatThrownBy(() -> own(json)).hasMessage("malformed JSON at a[1].b[1][1]");
  }

  @Test
  void anyNestingIsReadOrRefusedWithoutHarm() {
    assertThat(own("[".repeat(250) + "]".repeat(250))).isInstanceOf(List.class);
    for (String begin : List.of("[", "{\"a\":")) {
      assertThatThrownBy(() -> own(begin.repeat(1_000_000)))
          .hasMessageContaining("nested too deep");
    }
  }

  @Test
  void whatIsReadAheadIsReadOnceMore() {
    JsonIn in = new JsonIn("{\"a\":[1,{\"b\":2}],\"c\":3}");
    Object ahead = in.ahead(JsonTree::read);
    assertThat(in.isAtTop()).isTrue();
    assertThat(JsonTree.read(in)).isEqualTo(ahead).isEqualTo(own("{\"a\":[1,{\"b\":2}],\"c\":3}"));
  }

  @Test
  void whatIsPassedOverIsTakenAsItStands() {
    JsonIn in = new JsonIn(" [ {\"a\" : [ ] } , \"\\u0041\" ] ");
    in.beginArray();
    assertThat(in.nextSource()).isEqualTo("{\"a\" : [ ] }");
    assertThat(in.nextSource()).isEqualTo("\"\\u0041\"");
    in.endArray();
    in.requireEnd();
  }

  @Test
  void whatIsPassedOverIsCheckedAllTheSame() {
    for (String bad :
        List.of("\"\\x\"", "\"\n\"", "\"\\u12\"", "\"", "[1,]", "{\"a\\q\":1}", "01", "tru")) {
      assertThatThrownBy(() -> Json.decode("{\"a\":" + bad + "}", JsonInTest::skipped))
          .isInstanceOf(ChatException.class)
          .hasMessageContaining("malformed JSON");
    }
  }

  private static boolean skipped(JsonIn in) {
    in.skipValue();
    return true;
  }

  @Test
  void knownNameIsFoundHoweverItIsWritten() {
    JsonIn in = new JsonIn("{\"\\u0061b\":1,\"a\":2,\"abc\":3}");
    in.beginObject();
    assertThat(in.selectName("a", "ab")).isEqualTo(1);
    assertThat(JsonTree.read(in)).isEqualTo(1.0);
    assertThat(in.selectName("ab", "a")).isEqualTo(1);
    assertThat(JsonTree.read(in)).isEqualTo(2.0);
    assertThat(in.selectName("a", "ab")).isNegative();
    assertThat(JsonTree.read(in)).isEqualTo(3.0);
  }

  @Test
  void escapesAreUndone() {
    assertThat(own("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00z\""))
        .isEqualTo("\"\\/\b\f\n\r\té😀z");
    assertThat(own("{\"a\\nb\":1}")).isEqualTo(Map.of("a\nb", 1.0));
  }
}
