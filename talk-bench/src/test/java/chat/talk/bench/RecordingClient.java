package chat.talk.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A client without a connection: what it would write, and what it has heard. */
final class RecordingClient implements Conversation.Client {
  static final int TEXT_LENGTH = 64;

  private final StringBuilder written = new StringBuilder();
  private final List<String> events = new ArrayList<>();

  /** What it has written since the last time. */
  String written() {
    String all = written.toString();
    written.setLength(0);
    return all;
  }

  List<String> events() {
    return events;
  }

  /** As user 7, in the room {@code here}. */
  Conversation talkTo(Contender contender) {
    MarkScanner marks = new MarkScanner(this, TEXT_LENGTH, NumberedText.bytes(TEXT_LENGTH));
    Conversation conversation = contender.converse(this, marks, 7, "here");
    conversation.open();
    return conversation;
  }

  /** Gives a conversation what the server says, cut into pieces; returns what it hasn't used. */
  static int scan(Conversation conversation, String said, Random random) {
    byte[] all = said.getBytes(ISO_8859_1);
    int begin = 0;
    int end = 0;
    while (end < all.length) {
      end = Math.min(all.length, end + 1 + random.nextInt(90));
      byte[] data = Arrays.copyOfRange(all, begin, end);
      begin += conversation.scan(data, data.length);
    }
    return all.length - begin;
  }

  /** A text of the third sender's. */
  static String text(int number) {
    byte[] text = NumberedText.of(3, TEXT_LENGTH).getBytes(ISO_8859_1);
    NumberedText.write(number, text, 2 * NumberedText.DIGITS);
    return new String(text, ISO_8859_1);
  }

  @Override
  public int port() {
    return 1;
  }

  @Override
  public void write(byte[] out) {
    written.append(new String(out, ISO_8859_1));
  }

  @Override
  public void onReady() {
    events.add("ready");
  }

  @Override
  public void onAnswer() {
    events.add("answer");
  }

  @Override
  public void onMessage(int stream, int number) {
    events.add(stream + ":" + number);
  }

  @Override
  public void onTrouble(String what) {
    events.add(what);
  }
}
