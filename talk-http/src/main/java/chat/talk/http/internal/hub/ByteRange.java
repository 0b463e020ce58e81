package chat.talk.http.internal.hub;

import chat.talk.http.HttpRequest;
import chat.talk.http.HttpResponse;
import chat.talk.http.internal.ErrorStyle;
import chat.talk.room.Attachment;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbrains.annotations.Nullable;

/**
 * The part of a file that a request asks for (RFC 9110, section 14.2).
 *
 * @param from the first byte
 * @param upTo behind the last byte
 * @param size of the whole
 */
record ByteRange(long from, long upTo, long size) {
  static final int NOT_SATISFIABLE = 416;
  static final String REFUSAL = "RANGE_NOT_SATISFIABLE";

  private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /** The part; null for the whole, which several parts are answered with too. */
  static @Nullable ByteRange of(HttpRequest request, Attachment attachment, long size) {
    String condition = request.header("If-Range").orElse("");
    Matcher range = ONE.matcher(request.header("Range").orElse(""));
    boolean isOther = !condition.isEmpty() && !condition.equals(tag(attachment));
    if (isOther || !range.matches() || range.end() == "bytes=-".length()) {
      return null;
    }
    String first = range.group(1);
    String last = range.group(2);
    if (first.isEmpty()) {
      return new ByteRange(Math.max(0, size - Long.parseLong(last)), size, size);
    }
    long from = Long.parseLong(first);
    long upTo = last.isEmpty() ? size : Math.min(size, Long.parseLong(last) + 1);
    return !last.isEmpty() && Long.parseLong(last) < from ? null : new ByteRange(from, upTo, size);
  }

  /** What names exactly these bytes. */
  static String tag(Attachment attachment) {
    return '"' + attachment.blob().digest().value() + '"';
  }

  boolean isSatisfiable() {
    return from < upTo;
  }

  HttpResponse refusal() {
    String message = "there are %d bytes, and none from %d on".formatted(size, from);
    return ErrorStyle.PROBLEM
        .write(NOT_SATISFIABLE, REFUSAL, message, null)
        .withHeader("Content-Range", "bytes */" + size);
  }
}
