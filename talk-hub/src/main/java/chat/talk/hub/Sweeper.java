package chat.talk.hub;

import chat.talk.Scheduler;
import chat.talk.room.BlobStore;
import chat.talk.room.Digest;
import java.time.Duration;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes now and then the bytes that nothing refers to. */
final class Sweeper {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  /** How long after the hub has opened: it may never be open for longer. */
  private static final Duration FIRST = Duration.ofMinutes(1);

  private static final Duration PAUSE = Duration.ofHours(1);

  /** What may still be attached, and the commit of that, must be over by far. */
  static final Duration MIN_AGE = RecentUploads.LIFE.multipliedBy(2);

  private final BlobStore blobs;
  private final Transfers transfers;
  private final Store store;
  private final Scheduler scheduler;
  private final Alarm alarm;

  Sweeper(BlobStore blobs, Transfers transfers, Store store, Scheduler scheduler) {
    this.blobs = blobs;
    this.transfers = transfers;
    this.store = store;
    this.scheduler = scheduler;
    this.alarm = new Alarm(scheduler, this::begin);
  }

  void start() {
    alarm.set(scheduler.now().plus(FIRST));
  }

  void stop() {
    alarm.stop();
  }

  private void begin() {
    transfers.work.submit(this::sweep).whenComplete(this::done);
  }

  private long sweep() {
    transfers.recent.forgetOld();
    return blobs.sweep(MIN_AGE, this::isWanted);
  }

  private boolean isWanted(Digest digest) {
    return transfers.recent.refersTo(digest) || store.refersTo(digest);
  }

  private void done(@Nullable Long freed, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.warn("Files that nothing refers to could not be deleted; later again", failure);
    } else if (freed != null && freed > 0) {
      LOG.info("Deleted files that nothing refers to: {} bytes", freed);
    }
    alarm.rearm(scheduler.now().plus(PAUSE));
  }
}
