package chat.talk.http.internal.hub;

import chat.talk.http.WebSocketText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Frames as an array in JSON, without decoding them. */
final class EventList {
  private static final byte COMMA = ',';

  private EventList() {}

  /** {@code [frame,frame]}. */
  static byte[] of(List<WebSocketText> frames) {
    return write("[", frames, "]");
  }

  /** {@code {"events":[frame,frame],"next":"…"}}: after which token to go on. */
  static byte[] of(List<WebSocketText> frames, String next) {
    // A token holds nothing that JSON would have to escape.
    return write("{\"events\":[", frames, "],\"next\":\"" + next + "\"}");
  }

  private static byte[] write(String begin, List<WebSocketText> frames, String end) {
    int size = frames.stream().mapToInt(frame -> frame.text().remaining() + 1).sum();
    ByteBuffer json = ByteBuffer.allocate(begin.length() + size + end.length());
    json.put(begin.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < frames.size(); i++) {
      if (i > 0) {
        json.put(COMMA);
      }
      json.put(frames.get(i).text());
    }
    json.put(end.getBytes(StandardCharsets.US_ASCII));
    byte[] bytes = new byte[json.flip().remaining()];
    json.get(bytes);
    return bytes;
  }
}
