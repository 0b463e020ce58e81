package chat.talk.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameScannerTest {
  private static final int LENGTH = 64;

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  FrameScannerTest() {
    sent.writeBytes(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n".getBytes(US_ASCII));
  }

  @Test
  void whatIsSaidIsSeenHoweverItIsCut() {
    frame("text that is heard as a whole");
    frame("messages " + text(3, 7) + ", " + text(3, 8) + "," + text(3, 9) + ".");
    frame("passed over " + text(3, 7));
    frame(0x9, "hey");
    frame("m" + text(40001, 99_999_999));
    List<String> expected =
        List.of(
            "open",
            "text that is heard as a whole",
            "3:7",
            "3:8",
            "3:9",
            "ping hey",
            "40001:99999999");
    long seed = System.nanoTime();
    for (int i = 0; i < 500; i++) {
      assertEquals(expected, scan(new Random(seed + i), LENGTH), "seed " + (seed + i));
    }
  }

  @Test
  void anotherTextIsTrouble() {
    frame("m" + text(1, 1).replace('z', 'Z'));
    assertEquals(List.of("open", "not the text that was sent"), scan(new Random(1), LENGTH));
  }

  private static String text(int stream, int number) {
    byte[] text = NumberedText.of(stream, LENGTH).getBytes(US_ASCII);
    NumberedText.write(number, text, 2 * NumberedText.DIGITS);
    return new String(text, US_ASCII);
  }

  private void frame(String payload) {
    frame(1, payload);
  }

  private void frame(int opcode, String payload) {
    sent.write(0x80 | opcode);
    if (payload.length() > 125) {
      sent.write(126);
      sent.write(payload.length() >> 8);
    }
    sent.write(payload.length());
    sent.writeBytes(payload.getBytes(US_ASCII));
  }

  private List<String> scan(Random random, int checked) {
    Heard heard = new Heard();
    FrameScanner scanner =
        new FrameScanner(heard, new MarkScanner(heard, LENGTH, NumberedText.bytes(checked)));
    byte[] all = sent.toByteArray();
    int begin = 0;
    int end = 0;
    while (end < all.length) {
      end = Math.min(all.length, end + 1 + random.nextInt(90));
      byte[] data = Arrays.copyOfRange(all, begin, end);
      begin += scanner.scan(data, data.length);
    }
    assertEquals(all.length, begin);
    return heard.events;
  }

  private static final class Heard implements FrameScanner.Listener, Conversation.Client {
    private final List<String> events = new ArrayList<>();

    @Override
    public void onOpen() {
      events.add("open");
    }

    @Override
    public FrameScanner.Kind kind(byte[] data, int at, long length) {
      return switch (data[at]) {
        case 'm' -> FrameScanner.Kind.MESSAGES;
        case 't' -> FrameScanner.Kind.TEXT;
        default -> FrameScanner.Kind.PASSED_OVER;
      };
    }

    @Override
    public void onText(String text) {
      events.add(text);
    }

    @Override
    public void onMessage(int stream, int number) {
      events.add(stream + ":" + number);
    }

    @Override
    public void onPing(byte[] payload) {
      events.add("ping " + new String(payload, US_ASCII));
    }

    @Override
    public void onTrouble(String what) {
      events.add(what);
    }

    @Override
    public int port() {
      return 1;
    }

    @Override
    public void write(byte[] out) {}

    @Override
    public void onReady() {}

    @Override
    public void onAnswer() {}
  }
}
