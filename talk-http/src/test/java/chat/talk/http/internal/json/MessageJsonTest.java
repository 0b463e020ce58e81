package chat.talk.http.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.Envelope;
import chat.talk.MessageId;
import chat.talk.UserName;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MessageJsonTest {
  private static final String[] PIECES = {
    "a",
    "\"",
    "\\",
    "\n",
    "\r",
    "\t",
    "\u0000",
    "\u001f",
    "\u007f",
    "\u2028",
    "é",
    "ש",
    "e\u0301",
    "😀",
    "\ufeff",
    "\uffff",
    "{\"user\":",
    "]",
    " ",
    "\\u0041",
    "/"
  };

  @Test
  void messageOfTheWireIsRead() {
    MessageJson.Incoming read = MessageJson.decode("{\"user\":\"bob\",\"text\":\"Hello\"}");
    assertThat(read.hasOwnId()).isFalse();
    assertThat(read.envelope().from()).isEqualTo(UserName.of("bob"));
    assertThat(read.envelope().to()).isNull();
    assertThat(read.envelope().text()).isEqualTo("Hello");
  }

  @Test
  void eachMessageWithoutAnIdGetsOneOfItsOwn() {
    String json = "{\"user\":\"bob\",\"text\":\"\",\"id\":null,\"time\":\"now\"}";
    assertThat(MessageJson.decode(json).envelope().id())
        .isNotEqualTo(MessageJson.decode(json).envelope().id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"user\":\"bob\"}|text is missing",
        "{\"text\":\"x\"}|user is missing",
        "{\"user\":\"bob\",\"text\":null}|text is missing",
        "{\"user\":\"bob\",\"text\":5}|text is not a string",
        "{\"user\":\"bob\",\"text\":\"\\ud83d\"}|half a surrogate pair",
        "{\"user\":\"bob\",\"text\":\"\\ude00\\ud83d\"}|half a surrogate pair",
        "{\"user\":\"bob\",\"text\":\"x\",\"text\":\"y\"}|text is given twice",
        "{\"user\":\"bob\",\"text\":\"x\",\"id\":\"a b\"}|id: a message id is",
        "{\"user\":\"bob\",\"text\":\"x\",\"id\":7}|id is not a string",
        "{\"user\":\"bob\",\"text\":\"x\",\"to\":\"\"}|to: a user name is",
      })
  void messageThatIsNoneIsRefused(String json, String message) {
    assertThatThrownBy(() -> MessageJson.decode(json))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(ChatException.Code.INVALID))
        .hasMessageContaining(message);
  }

  @Test
  void whatIsWrittenIsReadAsItWas() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      Envelope envelope = envelope(random);
      assertThat(MessageJson.decode(text(envelope)).envelope())
          .as("seed %d", seed)
          .isEqualTo(envelope);
    }
  }

  @Test
  void mutatedMessageIsReadOrRefusedAsInvalid() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      refused += isRefused(mutated(random), seed) ? 1 : 0;
    }
    assertThat(refused).as("seed %d", seed).isBetween(1000, 19_999);
  }

  private static boolean isRefused(String json, long seed) {
    try {
      MessageJson.decode(json);
      return false;
    } catch (ChatException e) {
      assertThat(e.code()).as("seed %d: %s", seed, json).isEqualTo(ChatException.Code.INVALID);
      return true;
    }
  }

  private static String mutated(Random random) {
    StringBuilder json = new StringBuilder(text(envelope(random)));
    for (int i = random.nextInt(3); i >= 0 && json.length() > 0; i--) {
      int at = random.nextInt(json.length());
      switch (random.nextInt(4)) {
        case 0 -> json.deleteCharAt(at);
        case 1 -> json.insert(at, (char) random.nextInt(128));
        case 2 -> json.setCharAt(at, (char) random.nextInt(0x10000));
        default -> json.setLength(at + 1);
      }
    }
    return json.toString();
  }

  private static String text(Envelope envelope) {
    return new String(MessageJson.encode(envelope), StandardCharsets.UTF_8);
  }

  private static Envelope envelope(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    UserName to = random.nextBoolean() ? UserName.of("to." + random.nextInt(9)) : null;
    MessageId id = MessageId.of("id:" + random.nextInt());
    return new Envelope(id, UserName.of("u" + random.nextInt(9)), to, text.toString());
  }
}
