package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Refuses bytes, coming in pieces, that are no UTF-8: nobody shall have to guess what they say. */
final class UnicodeCheck {
  private static final int LONGEST = 4;

  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer characters = CharBuffer.allocate(1 << 10);

  /** The beginning of a character whose end is in the next piece; to be written to. */
  private final ByteBuffer begun = ByteBuffer.allocate(2 * LONGEST);

  /** Looks at the remaining bytes, and leaves the buffer as it is. */
  void take(ByteBuffer bytes) {
    ByteBuffer piece = bytes.duplicate();
    while (begun.position() > 0 && piece.hasRemaining()) {
      begun.put(piece.get());
      begun.flip();
      decode(begun);
      begun.compact();
    }
    decode(piece);
    begun.put(piece);
  }

  private void decode(ByteBuffer bytes) {
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      characters.clear();
      result = decoder.decode(bytes, characters, false);
    }
    if (result.isError()) {
      throw refusal();
    }
  }

  /** Nothing more comes. */
  void end() {
    if (begun.position() > 0) {
      throw refusal();
    }
  }

  private static ChatException refusal() {
    return new ChatException(Code.INVALID, "the text is no UTF-8");
  }
}
