package chat.talk.hub;

import chat.talk.room.Attachment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.mime.MimeTypes;
import org.jetbrains.annotations.Nullable;

/** What files are, by how they begin: their senders may say anything. */
final class FileTypes {
  /** How many bytes of a file tell what it is. */
  static final int ENOUGH = 8 * 1024;

  /** What can be told from any text. */
  private static final Set<String> NO_TEXTS = Set.of("image", "audio", "video");

  private FileTypes() {}

  /** Knowing them takes a moment to load, which who sends no files shall not spend. */
  private static final class Known {
    static final MimeTypes ALL = MimeTypes.getDefaultMimeTypes();
    static final MediaTypeRegistry RELATIONS = ALL.getMediaTypeRegistry();
  }

  /** What begins so, {@link Attachment#UNKNOWN_TYPE} when that isn't known. */
  static String of(byte[] beginning) {
    try {
      return Known.ALL.detect(new ByteArrayInputStream(beginning), new Metadata()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("an array could not be read", e);
    }
  }

  /**
   * How a file is to be shown: as what its sender says, unless it clearly is something else.
   *
   * @param said by the sender
   * @param found by how it begins
   */
  static String shown(String said, String found) {
    MediaType claim = MediaType.parse(said);
    MediaType fact = MediaType.parse(found);
    return claim != null && (isUnclear(claim, fact) || isRelated(claim, fact)) ? said : found;
  }

  private static boolean isUnclear(MediaType claim, @Nullable MediaType fact) {
    return fact == null
        || fact.equals(MediaType.OCTET_STREAM)
        || (fact.equals(MediaType.TEXT_PLAIN) && !NO_TEXTS.contains(claim.getType()));
  }

  /** A document may be said to be the archive that it is in, and a page to be a text. */
  private static boolean isRelated(MediaType claim, MediaType fact) {
    MediaType plain = Known.RELATIONS.normalize(claim.getBaseType());
    boolean saysNothing = plain.equals(MediaType.OCTET_STREAM);
    return Known.RELATIONS.isInstanceOf(plain, fact)
        || (!saysNothing && Known.RELATIONS.isInstanceOf(fact, plain));
  }
}
