package chat.talk.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what a server sends over one WebSocket, without a parser for what is in it: it only looks
 * for the messages' {@linkplain NumberedText marks}. So it keeps up with millions of messages a
 * second on one core, and sees each of them.
 */
final class FrameScanner {
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SWITCHING = "HTTP/1.1 101 ".getBytes(StandardCharsets.US_ASCII);

  /** So many bytes of a frame tell what it is. */
  private static final int TYPE_LENGTH = 16;

  private static final int CONTROL = 8;
  private static final int CLOSE = 8;
  private static final int PING = 9;

  private final Listener listener;
  private final MarkScanner marks;
  private boolean isOpen;
  private long left;
  private Kind kind = Kind.PASSED_OVER;

  /** What is to be done with a frame. */
  enum Kind {
    /** There are messages in it. */
    MESSAGES,

    /** It is to be heard as a whole. */
    TEXT,

    PASSED_OVER
  }

  /** Hears what there is, in the order in which it came. */
  interface Listener {
    /** The server has agreed to speak WebSocket. */
    void onOpen();

    /**
     * A text has come.
     *
     * @param data from {@code at} on there are its first 16 bytes, or all when it has fewer
     */
    Kind kind(byte[] data, int at, long length);

    void onText(String text);

    void onPing(byte[] payload);

    void onTrouble(String what);
  }

  FrameScanner(Listener listener, MarkScanner marks) {
    this.listener = listener;
    this.marks = marks;
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
    boolean isControl = (data[at] & CONTROL) != 0;
    Kind what = isControl ? Kind.TEXT : listener.kind(data, payload, length);
    if (what == Kind.TEXT) {
      return end - payload < length ? at : whole(data, at, payload, payload + (int) length);
    }
    kind = what;
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
      listener.onText(text(data, payload, end));
    }
    return end;
  }

  private int goOn(byte[] data, int at, int end) {
    int limit = (int) Math.min(end, at + left);
    int next = kind == Kind.MESSAGES ? marks.scan(data, at, limit, limit - at < left) : limit;
    left -= next - at;
    return next;
  }
}
