package chat.talk.bench;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Sends numbered messages into a room: at most so many on their way as the window says, or one at a
 * call. For the load's thread.
 */
final class LoadSender {
  private static final int TIMES = 1 << 16;
  private static final int MOST_AT_ONCE = 256;

  private final LoadClient client;
  private final int stream;
  private final int window;
  private final byte[] frame;
  private final int numberAt;

  /** Where the frame tells its request's number; less than 0 when it tells none. */
  private final int requestAt;

  private final long[] sentAt = new long[TIMES];
  private int next;
  private int seen;
  private boolean isRunning;

  LoadSender(LoadClient client, LoadRoom room, int from, int window, int textLength) {
    this.client = client;
    this.stream = room.index() * LoadRoom.SENDERS + from;
    this.window = window;
    String text = NumberedText.of(stream, textLength);
    frame = client.contender().send(room.name(), text);
    String message = new String(frame, StandardCharsets.ISO_8859_1);
    int textAt = message.indexOf(text);
    numberAt = textAt + 2 * NumberedText.DIGITS;
    requestAt = message.lastIndexOf(Contender.FIRST_REQUEST, textAt - 1);
  }

  int stream() {
    return stream;
  }

  long sent() {
    return next;
  }

  /** Sends on as the window allows, until {@link #stop}. */
  void start() {
    isRunning = true;
    fill();
  }

  void stop() {
    isRunning = false;
  }

  /** When a message went out or should have, in nanoseconds; only of the latest ones. */
  long sentAt(int number) {
    return sentAt[number & (TIMES - 1)];
  }

  void seen(int number) {
    seen = number + 1;
  }

  void fill() {
    int room = isRunning ? Math.min(MOST_AT_ONCE, window - (next - seen)) : 0;
    if (room > 0) {
      send(room, System.nanoTime());
    }
  }

  /**
   * Sends so many at once.
   *
   * @param due when they should have gone out, from which on the time that they take counts
   */
  void send(int count, long due) {
    ByteBuf out = client.alloc().directBuffer(count * frame.length);
    for (int i = 0; i < count; i++) {
      sentAt[next & (TIMES - 1)] = due;
      NumberedText.write(next, frame, numberAt);
      if (requestAt >= 0) {
        NumberedText.write(Integer.parseInt(Contender.FIRST_REQUEST) + next, frame, requestAt);
      }
      next++;
      out.writeBytes(frame);
    }
    client.write(out);
  }
}
