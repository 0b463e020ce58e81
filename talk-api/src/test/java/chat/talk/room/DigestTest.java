package chat.talk.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What names a blob can't name anything else, such as another file. */
final class DigestTest {
  private static final String DIGITS = "0123456789abcdef".repeat(4);

  @Test
  void digestIsKeptAsItIs() {
    assertThat(Digest.of(DIGITS)).hasToString(DIGITS).isEqualTo(new Digest(DIGITS));
    assertThat(Digest.of(DIGITS)).isGreaterThan(Digest.of("0".repeat(64)));
  }

  static Stream<String> noDigests() {
    return Stream.of(
        "",
        DIGITS.substring(1),
        DIGITS + "0",
        DIGITS + "\n",
        "A" + DIGITS.substring(1),
        "g" + DIGITS.substring(1),
        "\u0660" + DIGITS.substring(1),
        "../" + DIGITS.substring(3),
        "/" + DIGITS.substring(1),
        "\u0000" + DIGITS.substring(1));
  }

  @ParameterizedTest
  @MethodSource("noDigests")
  void anythingElseIsRefused(String text) {
    assertInvalid(() -> Digest.of(text));
  }

  @Test
  void blobHasADigestAndASize() {
    Digest digest = Digest.of(DIGITS);
    assertThat(new Blob(digest, Long.MAX_VALUE).size()).isEqualTo(Long.MAX_VALUE);
    assertInvalid(() -> new Blob(digest, -1));
    assertThatThrownBy(() -> new Blob(null, 0)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Digest.of(null)).isInstanceOf(NullPointerException.class);
  }

  private static void assertInvalid(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(ChatException.class)
        .extracting(failure -> ((ChatException) failure).code())
        .isEqualTo(Code.INVALID);
  }
}
