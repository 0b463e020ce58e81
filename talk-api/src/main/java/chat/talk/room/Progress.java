package chat.talk.room;

/** Told how far an upload or a download has come: one call at a time, on the client's executor. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (done, total) -> {};

  /**
   * More bytes have come, or the upload has begun again. What it throws is logged.
   *
   * @param done how many bytes so far
   * @param total how many in all, negative when that isn't known
   */
  void onProgress(long done, long total);
}
