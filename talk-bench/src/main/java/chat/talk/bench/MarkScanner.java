package chat.talk.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Looks for the messages' {@linkplain NumberedText marks} in bytes, whatever stands around them: so
 * it keeps up with millions of messages a second on one core, and sees each of them.
 */
final class MarkScanner {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MARK_LENGTH = NumberedText.MARK_LENGTH;

  private final Conversation.Client client;

  /** The text that is expected, byte for byte; empty to look at the mark alone. */
  private final byte[] expected;

  private final int textLength;

  /**
   * A scanner.
   *
   * @param client who is told
   * @param textLength how long each message's text is at least
   * @param expected the whole of a text, of which all but the mark is compared; or empty
   */
  MarkScanner(Conversation.Client client, int textLength, byte[] expected) {
    this.client = client;
    this.textLength = textLength;
    this.expected = expected;
  }

  /**
   * Looks at every eighth byte: eight of a kind cannot be missed.
   *
   * @param isCut whether more will come behind the limit, before which a message may end
   * @return how far it has read, which is the limit unless what is there is cut
   */
  int scan(byte[] data, int at, int limit, boolean isCut) {
    int i = at;
    while (i + 7 < limit) {
      if (data[i + 7] != NumberedText.SIGN) {
        i += 8;
        continue;
      }
      int start = i + 7;
      while (start > i && data[start - 1] == NumberedText.SIGN) {
        start--;
      }
      if (limit - start < Math.max(MARK_LENGTH, expected.length)) {
        return isCut ? start : noMark(limit);
      }
      message(data, start);
      i = Math.min(start + textLength, limit);
    }
    return isCut ? i : limit;
  }

  private int noMark(int limit) {
    client.onTrouble("half a message");
    return limit;
  }

  private void message(byte[] data, int start) {
    if ((long) LONG.get(data, start) != NumberedText.SIGNS || !isAsExpected(data, start)) {
      client.onTrouble("not the text that was sent");
      return;
    }
    int stream = NumberedText.number((long) LONG.get(data, start + 8));
    client.onMessage(stream, NumberedText.number((long) LONG.get(data, start + 16)));
  }

  private boolean isAsExpected(byte[] data, int start) {
    return expected.length == 0
        || Arrays.equals(
            data,
            start + MARK_LENGTH,
            start + expected.length,
            expected,
            MARK_LENGTH,
            expected.length);
  }
}
