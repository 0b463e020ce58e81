package chat.talk.http.internal;

import chat.talk.ChatException;
import java.io.ByteArrayOutputStream;

/** The encoding of a path's segment. */
final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * Decodes a segment of printable ASCII.
   *
   * @throws Refusal with 400 when it is malformed, no UTF-8, or hides a {@code /} or NUL
   */
  static String decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      bytes.write(c == '%' ? octet(segment, i) : c);
      i += c == '%' ? 2 : 0;
    }
    return text(bytes.toByteArray());
  }

  private static int octet(String segment, int percent) {
    int high = percent + 2 < segment.length() ? digit(segment.charAt(percent + 1)) : -1;
    int low = percent + 2 < segment.length() ? digit(segment.charAt(percent + 2)) : -1;
    int octet = high * 16 + low;
    if (high < 0 || low < 0 || octet == 0 || octet == '/') {
      throw Refusal.invalid("a part of the path is wrongly percent-encoded");
    }
    return octet;
  }

  private static int digit(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private static String text(byte[] utf8) {
    try {
      return StrictUtf8.decode(utf8);
    } catch (ChatException e) {
      throw Refusal.invalid("a part of the path is not UTF-8");
    }
  }
}
