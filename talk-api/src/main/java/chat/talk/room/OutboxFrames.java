package chat.talk.room;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * How records stand in an outbox's file: behind the file's header, each in a frame of its length, a
 * checksum of the length, and a checksum of the bytes. The length has one of its own so that what
 * was torn off can be told from what was damaged.
 */
final class OutboxFrames {
  /** Where the records begin. The last byte is the version. */
  static final byte[] HEADER = {'T', 'A', 'L', 'K', 'O', 'U', 'T', 1};

  private static final int FRAME = 3 * Integer.BYTES;

  private OutboxFrames() {}

  static byte[] frame(byte[] record) {
    ByteBuffer frame = ByteBuffer.allocate(FRAME + record.length);
    frame.putInt(record.length).putInt(checksum(frame.slice(0, Integer.BYTES)));
    frame.putInt(checksum(ByteBuffer.wrap(record))).put(record);
    return frame.array();
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  /**
   * Finds what a file holds.
   *
   * @param file all of its bytes
   * @throws IllegalArgumentException when it is damaged, or no such file at all; the message says
   *     where
   */
  static Found find(ByteBuffer file) {
    if (!isHeader(file)) {
      throw new IllegalArgumentException("it is no outbox of this version");
    }
    List<OutboxRecord> records = new ArrayList<>();
    int at = Math.min(HEADER.length, file.limit());
    while (isIntact(file, at)) {
      records.add(record(file, at));
      at += FRAME + file.getInt(at);
    }
    if (hasIntactBehind(file, at)) {
      throw new IllegalArgumentException("it is damaged at byte " + at);
    }
    return new Found(records, at);
  }

  /** Also the beginning of one. */
  private static boolean isHeader(ByteBuffer file) {
    int length = Math.min(HEADER.length, file.limit());
    return file.slice(0, length).equals(ByteBuffer.wrap(HEADER, 0, length));
  }

  private static boolean isIntact(ByteBuffer file, int at) {
    if (file.limit() - at < FRAME
        || checksum(file.slice(at, Integer.BYTES)) != file.getInt(at + 4)) {
      return false;
    }
    int length = file.getInt(at);
    return length > 0
        && length <= file.limit() - at - FRAME
        && checksum(file.slice(at + FRAME, length)) == file.getInt(at + 8);
  }

  private static OutboxRecord record(ByteBuffer file, int at) {
    try {
      return OutboxRecord.of(file.slice(at + FRAME, file.getInt(at)));
    } catch (RuntimeException e) {
      String message = "its record at byte %d is of a newer version, or no record".formatted(at);
      throw new IllegalArgumentException(message, e);
    }
  }

  private static boolean hasIntactBehind(ByteBuffer file, int damaged) {
    for (int at = damaged + 1; at <= file.limit() - FRAME; at++) {
      if (isIntact(file, at)) {
        return true;
      }
    }
    return false;
  }

  /** The records, and how far they reach; behind that may be a last one that was torn off. */
  record Found(List<OutboxRecord> records, long end) {}
}
