package chat.talk.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class ContenderTest {
  private static final int LENGTH = RecordingClient.TEXT_LENGTH;
  private static final String AGREED = "HTTP/1.1 101 Switching Protocols\r\n\r\n";

  private final RecordingClient heard = new RecordingClient();

  @Test
  void aClientOfTalkLogsInAndHearsWhatIsSaid() {
    Conversation conversation = begin(Contenders.TALK);
    assertThat(heard.written()).startsWith("GET /v1/ws HTTP/1.1\r\n");
    scan(conversation, AGREED);
    assertThat(heard.written()).contains("\"type\":\"newUser\",\"user\":\"user-7\"");
    scan(conversation, frame("{\"type\":\"connected\",\"user\":\"user-7\"}"));
    scan(conversation, frame("{\"type\":\"answer\",\"request\":1}"));
    scan(conversation, frame("{\"type\":\"entries\",\"text\":\"" + text() + "\"}"));
    scan(conversation, frame("{\"type\":\"error\",\"code\":\"INVALID\"}"));
    assertThat(heard.events())
        .containsExactly("ready", "answer", "3:0", "{\"type\":\"error\",\"code\":\"INVALID\"}");
  }

  @Test
  void aClientOfBareNettyJoinsAndHearsWhatIsSaid() {
    Conversation conversation = begin(Contenders.NETTY);
    scan(conversation, AGREED);
    assertThat(heard.written()).endsWith("join here");
    scan(conversation, frame("joined"));
    scan(conversation, frame(text()));
    assertThat(heard.events()).containsExactly("ready", "3:0");
  }

  @Test
  void aPingIsAnswered() {
    Conversation conversation = begin(Contenders.NETTY);
    scan(conversation, AGREED + "\u0089\u0003hey");
    assertThat(heard.written()).endsWith("hey");
  }

  @Test
  void aServerThatDoesNotAgreeIsTrouble() {
    scan(begin(Contenders.TALK), "HTTP/1.1 503 Service Unavailable\r\n\r\n");
    assertThat(heard.events()).containsExactly("HTTP/1.1 503 Service Unavailable");
  }

  @Test
  void whatSendsATextHasItInItAsItIs() {
    for (Contender contender : Contenders.all()) {
      String sent = new String(contender.send("here", text()), ISO_8859_1);
      assertThat(sent).as(contender.title()).contains(text());
    }
  }

  @Test
  void everyContenderHasANameOfItsOwn() {
    assertThat(Contenders.all())
        .allSatisfy(
            contender -> assertThat(Contenders.named(contender.name())).isSameAs(contender));
  }

  private Conversation begin(Contender contender) {
    return heard.talkTo(contender);
  }

  private static void scan(Conversation conversation, String bytes) {
    byte[] data = bytes.getBytes(ISO_8859_1);
    assertThat(conversation.scan(data, data.length)).isEqualTo(data.length);
  }

  private static String text() {
    return NumberedText.of(3, LENGTH);
  }

  private static String frame(String payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x81);
    assertThat(payload.length()).isLessThan(126);
    out.write(payload.length());
    out.writeBytes(payload.getBytes(ISO_8859_1));
    return out.toString(ISO_8859_1);
  }
}
