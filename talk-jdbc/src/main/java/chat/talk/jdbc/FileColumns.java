package chat.talk.jdbc;

import chat.talk.room.Attachment;
import chat.talk.room.Blob;
import chat.talk.room.Digest;
import java.sql.SQLException;
import org.jetbrains.annotations.Nullable;

/** What a message carries, as four columns: all null for nothing, the first two for a body. */
final class FileColumns {
  static final String NAMES = "file_name, file_type, file_digest, file_size";

  private FileColumns() {}

  static void bind(Parameters parameters, @Nullable Attachment attachment) throws SQLException {
    boolean hasName = attachment != null && !attachment.isBody();
    parameters
        .text(hasName ? attachment.name() : null)
        .text(hasName ? attachment.type() : null)
        .text(attachment == null ? null : attachment.blob().digest().value())
        .numberOrNull(attachment == null ? null : attachment.size());
  }

  /** Reads what {@link #bind} has set. */
  static @Nullable Attachment read(Row row) throws SQLException {
    String name = row.textOrNull();
    String type = row.textOrNull();
    String digest = row.textOrNull();
    Long size = row.numberOrNull();
    if (digest == null || size == null) {
      return null;
    }
    Blob blob = new Blob(Digest.of(digest), size);
    return name == null || type == null ? Attachment.body(blob) : new Attachment(name, type, blob);
  }
}
