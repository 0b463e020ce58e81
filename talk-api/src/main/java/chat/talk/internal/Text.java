package chat.talk.internal;

import chat.talk.ChatException;
import chat.talk.ChatMessage;
import chat.talk.Event;
import chat.talk.room.Attachment;
import org.jetbrains.annotations.Nullable;

/** Rules about text that several types share. */
public final class Text {
  private static final int QUOTED_LENGTH = 80;

  /** What an entry takes besides its text, roughly: objects, ids and places in maps. */
  private static final int OVERHEAD = 256;

  private Text() {}

  /** How much memory a text takes, in characters. */
  public static long weight(String text) {
    return (long) text.length() + OVERHEAD;
  }

  /** How much memory an event takes, in characters. */
  public static long weight(Event event) {
    if (event instanceof ChatMessage message) {
      return weight(message.text()) + weight(message.attachment());
    }
    return event instanceof Event.Edited edit ? weight(edit.text()) : OVERHEAD;
  }

  private static long weight(@Nullable Attachment attachment) {
    return attachment == null ? 0 : attachment.name().length() + OVERHEAD;
  }

  /** Whether a text is 1 to so many letters and digits of ASCII, or of some other characters. */
  public static boolean isMadeOf(String others, int maxLength, String text) {
    int length = text.length();
    boolean isFine = length > 0 && length <= maxLength;
    for (int i = 0; i < length && isFine; i++) {
      char c = text.charAt(i);
      boolean isPlain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
      isFine = isPlain || others.indexOf(c) >= 0;
    }
    return isFine;
  }

  /** The text as an error message may show it: short, and without characters that move a cursor. */
  public static String quote(String text) {
    boolean isLong = text.length() > QUOTED_LENGTH;
    String shown = isLong ? text.substring(0, QUOTED_LENGTH) + "…" : text;
    return '"' + shown.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", "?") + '"';
  }

  /**
   * Refuses half a surrogate pair: it has no UTF-8 form, so it would arrive as something else.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} that names the index
   */
  public static String requireUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!isPair(text, i)) {
          throw Failures.invalid("the text is no Unicode: half a surrogate pair at %d", i);
        }
        i++;
      }
    }
    return text;
  }

  private static boolean isPair(String text, int i) {
    return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }
}
