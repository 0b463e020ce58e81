package chat.talk.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A text message in the form in which it goes out: made once, and sent to many. Immutable. */
public final class WebSocketText {
  /** RFC 6455, section 5.2: a final frame that holds text. */
  private static final byte FINAL_TEXT = (byte) 0x81;

  private static final int LARGEST_OF_7_BITS = 125;
  private static final int LARGEST_OF_16_BITS = 0xFFFF;
  private static final byte IN_16_BITS = 126;
  private static final byte IN_64_BITS = 127;

  private final byte[] frame;
  private final int header;

  private WebSocketText(byte[] frame, int header) {
    this.frame = frame;
    this.header = header;
  }

  /**
   * The message of this text.
   *
   * @param utf8 the text in UTF-8, which is not checked
   * @return the message
   */
  public static WebSocketText of(byte[] utf8) {
    return of(utf8, utf8.length);
  }

  /**
   * The message of a text that stands at the beginning of an array.
   *
   * @param utf8 the text in UTF-8, which is not checked
   * @param length so many bytes of it
   * @return the message
   */
  public static WebSocketText of(byte[] utf8, int length) {
    int header = headerLength(length);
    ByteBuffer frame = ByteBuffer.allocate(header + length).put(FINAL_TEXT);
    if (length <= LARGEST_OF_7_BITS) {
      frame.put((byte) length);
    } else if (length <= LARGEST_OF_16_BITS) {
      frame.put(IN_16_BITS).putShort((short) length);
    } else {
      frame.put(IN_64_BITS).putLong(length);
    }
    return new WebSocketText(frame.put(utf8, 0, length).array(), header);
  }

  /**
   * The message of this text.
   *
   * @param text any Unicode
   * @return the message
   */
  public static WebSocketText of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static int headerLength(int length) {
    return length <= LARGEST_OF_7_BITS ? 2 : length <= LARGEST_OF_16_BITS ? 4 : 10;
  }

  /**
   * What goes over the wire: one frame, header and text.
   *
   * @return the bytes themselves, which nobody may change
   */
  public byte[] frame() {
    return frame;
  }

  /**
   * The text alone.
   *
   * @return a read-only view of it, in UTF-8
   */
  public ByteBuffer text() {
    return ByteBuffer.wrap(frame, header, frame.length - header).asReadOnlyBuffer();
  }

  /** How long it is, without what it says. */
  @Override
  public String toString() {
    return "WebSocketText[" + frame.length + " bytes]";
  }
}
