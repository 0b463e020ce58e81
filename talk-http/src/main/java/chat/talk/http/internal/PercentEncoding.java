package chat.talk.http.internal;

import chat.talk.ChatException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetbrains.annotations.Nullable;

/** The encoding of URLs. */
public final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * Decodes a segment of a path.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is malformed, no UTF-8,
   *     or hides a {@code /} or NUL
   */
  static String decodeSegment(String segment) {
    String decoded = decode(segment, "a part of the path");
    if (segment.indexOf('%') >= 0 && decoded.indexOf('/') >= 0) {
      throw malformed("a part of the path");
    }
    return decoded;
  }

  /**
   * What a query says under a name, decoded; a {@code +} is a plus, as RFC 3986 has it.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} when it says so twice, or any of
   *     it is malformed
   */
  public static Optional<String> find(@Nullable String query, String name) {
    List<String> found = new ArrayList<>();
    for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
      String[] parts = parameter.split("=", 2);
      String value = decode(parts.length == 2 ? parts[1] : "", "the query");
      if (decode(parts[0], "the query").equals(name) && !parameter.isEmpty()) {
        found.add(value);
      }
    }
    if (found.size() > 1) {
      throw new ChatException(ChatException.Code.INVALID, "the query has more than one " + name);
    }
    return found.stream().findFirst();
  }

  private static String decode(String text, String what) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7F) {
        throw malformed(what);
      }
      bytes.write(c == '%' ? octet(text, i, what) : c);
      i += c == '%' ? 2 : 0;
    }
    return text(bytes.toByteArray(), what);
  }

  private static int octet(String text, int percent, String what) {
    int high = percent + 2 < text.length() ? digit(text.charAt(percent + 1)) : -1;
    int low = percent + 2 < text.length() ? digit(text.charAt(percent + 2)) : -1;
    int octet = high * 16 + low;
    if (high < 0 || low < 0 || octet == 0) {
      throw malformed(what);
    }
    return octet;
  }

  private static int digit(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private static String text(byte[] utf8, String what) {
    try {
      return StrictUtf8.decode(utf8);
    } catch (ChatException e) {
      throw new ChatException(ChatException.Code.INVALID, what + " is not UTF-8");
    }
  }

  private static ChatException malformed(String what) {
    return new ChatException(ChatException.Code.INVALID, what + " is wrongly percent-encoded");
  }
}
