package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;

/** How many bytes are taken, and how many may be. */
final class Quota {
  private final long max;

  /** More than may be, when the quota was larger once. Guarded by this. */
  private long used;

  Quota(long max) {
    if (max < 1) {
      throw new ChatException(Code.INVALID, "a quota is at least 1 byte, but was " + max);
    }
    this.max = max;
  }

  /** Counts bytes that are there in any case. */
  synchronized void add(long bytes) {
    used += bytes;
  }

  /** Takes bytes for a blob that has taken some before. */
  synchronized void take(long bytes, long before) {
    if (before + bytes > max) {
      throw new ChatException(Code.TOO_LARGE, "a blob has at most " + max + " bytes here");
    }
    if (used + bytes > max) {
      throw new ChatException(Code.STORAGE, "the blob store is full: it holds " + max + " bytes");
    }
    used += bytes;
  }

  synchronized void release(long bytes) {
    used -= bytes;
  }

  synchronized long used() {
    return used;
  }
}
