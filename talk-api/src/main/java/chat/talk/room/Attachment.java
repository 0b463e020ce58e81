package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatMessage;
import chat.talk.Entry;
import chat.talk.internal.Failures;
import chat.talk.internal.Text;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a message carries besides its text: a file, or the whole of a text that is too long for it.
 * The bytes are in the hub's blob store; {@link HubClient#download} gives them to the members of
 * the chat.
 *
 * @param name what the author calls the file, 1 to {@value #MAX_NAME} characters on one line,
 *     without {@code /} and {@code \}, and neither {@code .} nor {@code ..}; still nothing to be
 *     taken for a path unseen. Empty for a {@linkplain #isBody() body}
 * @param type its media type, only to be shown: what the author says, unless the hub has found that
 *     the bytes are clearly something else, say, a page or a program that is said to be an image
 * @param blob its bytes
 */
public record Attachment(String name, String type, Blob blob) {
  /** The most characters of a name. */
  public static final int MAX_NAME = 255;

  /** The most characters of a media type. */
  public static final int MAX_TYPE = 255;

  /** The type of every body. */
  public static final String BODY_TYPE = "text/plain; charset=utf-8";

  /** The type of a file when nobody knows better. */
  public static final String UNKNOWN_TYPE = "application/octet-stream";

  /** How many characters of a body its message has as its text, at most. */
  public static final int MAX_PREVIEW = 1_000;

  private static final Pattern TYPE =
      Pattern.compile("[\\w!#$&^.+-]{1,127}/[\\w!#$&^.+-]{1,127}(;[ -~]*)?");

  /**
   * Checks the parts.
   *
   * @throws ChatException with {@link Code#INVALID} when the name or the type breaks its rule
   */
  public Attachment {
    Objects.requireNonNull(blob, "blob");
    requireName(name);
    requireType(type);
    if (name.isEmpty() && !type.equals(BODY_TYPE)) {
      throw Failures.invalid("what has no name is a body, of type %s", BODY_TYPE);
    }
  }

  private static void requireName(String name) {
    boolean isBad =
        name.length() > MAX_NAME
            || name.equals(".")
            || name.equals("..")
            || name.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    if (isBad) {
      throw Failures.invalid(
          "a file's name has up to %d characters on one line, without / and \\, but was %s",
          MAX_NAME, Text.quote(name));
    }
    Text.requireUnicode(name);
  }

  private static void requireType(String type) {
    if (type.length() > MAX_TYPE || !TYPE.matcher(type).matches()) {
      throw Failures.invalid("this is no media type: %s", Text.quote(type));
    }
  }

  /**
   * What an entry's message carries.
   *
   * @param entry any entry
   * @return the attachment
   * @throws ChatException with {@link Code#GONE} when the message was erased or has expired, with
   *     {@link Code#NOT_FOUND} when it carries nothing, or the entry is no message
   */
  public static Attachment of(Entry entry) {
    ChatMessage message = entry.event() instanceof ChatMessage one ? one : null;
    if (message != null && message.revision().isBlank()) {
      throw new ChatException(Code.GONE, "the message is " + message.revision());
    }
    if (message == null || message.attachment() == null) {
      throw new ChatException(Code.NOT_FOUND, "there is no file at this message");
    }
    return message.attachment();
  }

  /**
   * The whole of a text whose first characters are the message's text.
   *
   * @param blob its bytes, in UTF-8
   * @return the attachment
   */
  public static Attachment body(Blob blob) {
    return new Attachment("", BODY_TYPE, blob);
  }

  /**
   * Whether it is the message's own text, of which {@link chat.talk.ChatMessage#text()} is only the
   * beginning, and no file.
   *
   * @return true when it has no name
   */
  public boolean isBody() {
    return name.isEmpty();
  }

  /**
   * How many bytes it has.
   *
   * @return the blob's size
   */
  public long size() {
    return blob.size();
  }

  /**
   * What a message says whose text is this, and too long.
   *
   * @param text the text, or at least its first {@value #MAX_PREVIEW} characters
   * @return its beginning, which ends with a whole character
   */
  public static String preview(String text) {
    if (text.length() <= MAX_PREVIEW) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(MAX_PREVIEW - 1));
    return text.substring(0, splits ? MAX_PREVIEW - 1 : MAX_PREVIEW);
  }
}
