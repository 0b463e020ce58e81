package chat.talk;

import static chat.talk.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of drafts, envelopes and messages. */
final class TextsTest {
  private static final UserName ALICE = UserName.of("alice");
  private static final UserName BOB = UserName.of("bob");
  private static final MessageId ID = MessageId.of("id");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u0000",
        "\uFFFF",
        "a\r\nb",
        "😀",
        "\uD800\uDC00\uDBFF\uDFFF",
        "e\u0301"
      })
  void anyUnicodeIsTaken(String text) {
    assertThat(new Draft(ID, BOB, text).text()).isEqualTo(text);
    assertThat(new Envelope(ID, ALICE, BOB, text).text()).isEqualTo(text);
    assertThat(message(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "\uD83D, 0",
    "\uDE00, 0",
    "a\uD83D, 1",
    "ab\uDE00c, 2",
    "\uDE00\uD83D, 0",
    "\uD83D\uD83D\uDE00, 0",
    "😀\uDE00, 2",
    "😀\uD83D, 2",
    "\uD83Da\uDE00, 0"
  })
  void halfAPairIsRefusedWithItsPlace(String text, int place) {
    String told = "half a surrogate pair at " + place;
    assertInvalid(() -> new Draft(ID, BOB, text), told);
    assertInvalid(() -> Draft.of(BOB, text), told);
    assertInvalid(() -> new Envelope(ID, ALICE, BOB, text), told);
    assertInvalid(() -> message(text), told);
  }

  @Test
  void textIsTakenExactlyWhenItSurvivesUtf8() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      String text = randomText(random);
      assertThat(isTaken(text)).as("seed %d", seed).isEqualTo(survivesUtf8(text));
    }
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(6); length > 0; length--) {
      text.append((char) (random.nextBoolean() ? 'a' : 0xD800 + random.nextInt(0x800)));
    }
    return text.toString();
  }

  private static boolean isTaken(String text) {
    try {
      return message(text).text().equals(text);
    } catch (ChatException e) {
      return false;
    }
  }

  private static boolean survivesUtf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new String(bytes, StandardCharsets.UTF_8).equals(text);
  }

  @Test
  void nothingMayBeMissing() {
    assertNull(() -> new Draft(null, BOB, ""));
    assertNull(() -> new Draft(ID, null, ""));
    assertNull(() -> new Draft(ID, BOB, null));
    assertNull(() -> new Envelope(null, ALICE, BOB, ""));
    assertNull(() -> new Envelope(ID, null, BOB, ""));
    assertNull(() -> new Envelope(ID, ALICE, BOB, null));
    assertNull(() -> new ChatMessage(null, ID, ALICE, "", Instant.EPOCH));
    assertNull(() -> new ChatMessage(ChatId.of("c"), ID, ALICE, "", null));
    assertNull(() -> new Entry(Cursor.START, null));
    assertNull(() -> new Entry(null, message("")));
    assertNull(() -> new RegistryStore.Registration(null, null, 0));
  }

  private static void assertNull(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class);
  }

  @Test
  void envelopeMayLeaveOpenWhomItIsFor() {
    assertThat(new Envelope(ID, ALICE, null, "text").to()).isNull();
  }

  @Test
  void everyDraftHasAnIdOfItsOwn() {
    assertThat(Draft.of(BOB, "text").id()).isNotEqualTo(Draft.of(BOB, "text").id());
  }

  private static ChatMessage message(String text) {
    return new ChatMessage(ChatId.direct(ALICE, BOB), ID, ALICE, text, Instant.EPOCH);
  }
}
