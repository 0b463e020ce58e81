package chat.talk.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what a server sends over one WebSocket, without a parser for what is in it: it only looks
 * for the messages' {@linkplain NumberedText marks}. So it keeps up with millions of messages a
 * second on one core, and sees each of them.
 */
final class FrameScanner {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SWITCHING = "HTTP/1.1 101 ".getBytes(StandardCharsets.US_ASCII);
  private static final int MARK_LENGTH = NumberedText.MARK_LENGTH;

  /** So many bytes of a frame tell what it is. */
  private static final int TYPE_LENGTH = 16;

  private static final int CONTROL = 8;
  private static final int CLOSE = 8;
  private static final int PING = 9;

  private enum Kind {
    MESSAGES,
    PASSED_OVER
  }

  private final Listener listener;

  /** The text that is expected, byte for byte; empty to look at the mark alone. */
  private final byte[] expected;

  private final int textLength;
  private boolean isOpen;
  private long left;
  private Kind kind = Kind.PASSED_OVER;

  /** Hears what there is, in the order in which it came. */
  interface Listener {
    /** The server has agreed to speak WebSocket. */
    void onOpen();

    /** The session has begun. */
    void onConnected();

    void onAnswer();

    void onMessage(int stream, int number);

    void onPing(byte[] payload);

    void onTrouble(String what);
  }

  /**
   * A scanner.
   *
   * @param textLength how long each message's text is at least
   * @param expected the whole of a text, of which all but the mark is compared; or empty
   */
  FrameScanner(Listener listener, int textLength, byte[] expected) {
    this.listener = listener;
    this.textLength = textLength;
    this.expected = expected;
  }

  /**
   * Reads on.
   *
   * @param data what has been received and not been used yet, from the first byte on
   * @param end how much of it
   * @return how much is used; what is left is to be given again, with more behind it
   */
  int scan(byte[] data, int end) {
    int at = isOpen ? 0 : open(data, end);
    while (isOpen && at < end) {
      int next = left == 0 ? begin(data, at, end) : goOn(data, at, end);
      if (next == at) {
        return at;
      }
      at = next;
    }
    return at;
  }

  private int open(byte[] data, int end) {
    for (int i = 0; i + HEAD_END.length <= end; i++) {
      if (startsWith(data, i, HEAD_END)) {
        isOpen = true;
        if (startsWith(data, 0, SWITCHING)) {
          listener.onOpen();
        } else {
          listener.onTrouble(text(data, 0, i));
        }
        return i + HEAD_END.length;
      }
    }
    return 0;
  }

  private static boolean startsWith(byte[] data, int at, byte[] what) {
    return Arrays.equals(data, at, at + what.length, what, 0, what.length);
  }

  private static String text(byte[] data, int from, int to) {
    return new String(data, from, to - from, StandardCharsets.UTF_8);
  }

  /** Reads a frame's head, and all of one that is to be looked at as a whole. */
  private int begin(byte[] data, int at, int end) {
    int head = headLength(data, at, end);
    if (end - at < head) {
      return at;
    }
    long length = length(data, at, head);
    int payload = at + head;
    if (end - payload < Math.min(length, TYPE_LENGTH)) {
      return at;
    }
    if ((data[at] & CONTROL) != 0 || isTrouble(data, payload, length)) {
      return end - payload < length ? at : whole(data, at, payload, payload + (int) length);
    }
    kind = kind(data, payload, length);
    left = length;
    return payload;
  }

  private static int headLength(byte[] data, int at, int end) {
    if (end - at < 2) {
      return 2;
    }
    return switch (data[at + 1]) {
      case 126 -> 4;
      case 127 -> 10;
      default -> 2;
    };
  }

  private static long length(byte[] data, int at, int head) {
    if (head == 2) {
      return data[at + 1];
    }
    long length = 0;
    for (int i = at + 2; i < at + head; i++) {
      length = (length << 8) | (data[i] & 0xff);
    }
    return length;
  }

  private int whole(byte[] data, int at, int payload, int end) {
    int opcode = data[at] & 0xf;
    if (opcode == PING) {
      listener.onPing(Arrays.copyOfRange(data, payload, end));
    } else if (opcode == CLOSE) {
      listener.onTrouble("closed by the server");
    } else if (opcode < CONTROL) {
      listener.onTrouble(text(data, payload, end));
    }
    return end;
  }

  private static boolean isTrouble(byte[] data, int at, long length) {
    return length >= TYPE_LENGTH && (is(data, at, 'e', 'r') || is(data, at, 'e', 'n', 'd'));
  }

  /** Whether that is how the type of a frame of JSON begins. */
  private static boolean is(byte[] data, int at, char... begin) {
    int type = at + "{\"type\":\"".length();
    for (int i = 0; i < begin.length; i++) {
      if (data[type + i] != begin[i]) {
        return false;
      }
    }
    return data[at] == '{';
  }

  private Kind kind(byte[] data, int at, long length) {
    if (length < TYPE_LENGTH) {
      listener.onConnected();
      return Kind.PASSED_OVER;
    }
    if (data[at] != '{' || is(data, at, 'e', 'n')) {
      return Kind.MESSAGES;
    }
    if (is(data, at, 'a', 'n')) {
      listener.onAnswer();
    } else if (is(data, at, 'c', 'o', 'n')) {
      listener.onConnected();
    }
    return Kind.PASSED_OVER;
  }

  private int goOn(byte[] data, int at, int end) {
    int limit = (int) Math.min(end, at + left);
    int next = kind == Kind.MESSAGES ? messages(data, at, limit) : limit;
    left -= next - at;
    return next;
  }

  /** Looks at every eighth byte: eight of a kind cannot be missed. */
  private int messages(byte[] data, int at, int limit) {
    boolean isCut = limit - at < left;
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
    listener.onTrouble("half a message");
    return limit;
  }

  private void message(byte[] data, int start) {
    if ((long) LONG.get(data, start) != NumberedText.SIGNS || !isAsExpected(data, start)) {
      listener.onTrouble("not the text that was sent");
      return;
    }
    int stream = NumberedText.number((long) LONG.get(data, start + 8));
    listener.onMessage(stream, NumberedText.number((long) LONG.get(data, start + 16)));
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
