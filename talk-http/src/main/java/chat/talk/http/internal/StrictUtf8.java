package chat.talk.http.internal;

import chat.talk.ChatException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 without forgiveness: what is malformed would otherwise arrive as something else. */
public final class StrictUtf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private StrictUtf8() {}

  /**
   * Decodes.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is no UTF-8
   */
  public static String decode(byte[] utf8) {
    // The JDK's lenient decoder is far faster; only its replacement character needs a second look.
    String text = new String(utf8, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      requireUtf8(utf8);
    }
    return text;
  }

  private static void requireUtf8(byte[] utf8) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
    } catch (CharacterCodingException e) {
      throw new ChatException(ChatException.Code.INVALID, "the text is not UTF-8");
    }
  }
}
