package chat.talk.cli;

import chat.talk.ChatException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jetbrains.annotations.Nullable;

/**
 * Makes what others wrote safe to show: nothing in it moves a cursor, changes colours, turns the
 * direction of writing or hides.
 */
final class Printable {
  /** No name holds a bar or a space, and no list begins so: a line like this is nobody's. */
  private static final String CONTINUATION = "\n  | ";

  private static final int SHORT = 60;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int EMOJI_PRESENTATION = 0xFE0F;

  private Printable() {}

  /** The text with its lines; all but the first are marked as belonging to it. */
  static String text(String text) {
    return text.lines().map(Printable::line).collect(Collectors.joining(CONTINUATION));
  }

  /** The text in a single line. */
  static String line(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      append(text, i, shown);
    }
    return shown.toString();
  }

  /** The text's beginning, in a single line. */
  static String brief(String text) {
    String line = line(text.lines().findFirst().orElse(""));
    boolean isAll = line.length() <= SHORT && text.lines().count() <= 1;
    int end = Math.min(line.length(), SHORT);
    boolean splits = end < line.length() && Character.isLowSurrogate(line.charAt(end));
    String cut = line.substring(0, splits ? end - 1 : end);
    return isAll ? cut : cut + "…";
  }

  /** Why something failed, in a single line. */
  static String reason(Throwable failure) {
    String reason =
        failure instanceof IOException io ? reason(io) : ChatException.of(failure).getMessage();
    return line(Objects.toString(reason, "no reason given"));
  }

  /** What the JDK says with the name of a class only, or with a file's name only. */
  private static @Nullable String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "a file is in the way";
    }
    return failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
  }

  /** The same JSON, with everything escaped that a terminal might act on. */
  static String json(String json) {
    StringBuilder shown = new StringBuilder(json.length());
    json.codePoints()
        .forEach(
            point ->
                shown.append(isUnsafe(point) ? escapeUnits(point) : Character.toString(point)));
    return shown.toString();
  }

  /** JSON has escapes for the units of UTF-16 only. */
  private static String escapeUnits(int point) {
    return Character.toString(point)
        .chars()
        .mapToObj(Printable::escape)
        .collect(Collectors.joining());
  }

  private static void append(String text, int i, StringBuilder shown) {
    int point = text.codePointAt(i);
    if (point == '\t') {
      shown.append("    ");
    } else if (isUnsafe(point) && !joinsEmoji(text, i)) {
      shown.append(escape(point));
    } else {
      shown.appendCodePoint(point);
    }
  }

  private static String escape(int point) {
    return String.format(point > 0xFFFF ? "\\u{%x}" : "\\u%04x", point);
  }

  private static boolean isUnsafe(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** A family is written with joiners; between two pictures they are harmless. */
  private static boolean joinsEmoji(String text, int i) {
    return text.charAt(i) == ZERO_WIDTH_JOINER
        && i > 0
        && i + 1 < text.length()
        && isPicture(text.codePointBefore(i))
        && isPicture(text.codePointAt(i + 1));
  }

  private static boolean isPicture(int point) {
    return point == EMOJI_PRESENTATION
        || Character.getType(point) == Character.OTHER_SYMBOL
        || (point >= 0x1F3FB && point <= 0x1F3FF);
  }
}
