package chat.talk.hub;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.Scheduler;
import chat.talk.UserName;
import chat.talk.room.Digest;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Appended;
import chat.talk.room.HubStorage.Change;
import chat.talk.room.HubStorage.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/** The way to the storage, for all of the engine: it knows since when the storage fails. */
final class Store {
  /** How long a commit may take before the storage counts as failing. */
  private static final Duration LONG = Duration.ofSeconds(5);

  final HubStorage storage;
  private final Trouble reads;
  private final Trouble writes;
  private final Scheduler clock;

  /** When the commit that is under way began, null when none is. */
  private volatile @Nullable Instant committing;

  Store(HubStorage storage, Scheduler clock) {
    this.storage = storage;
    this.clock = clock;
    this.reads = new Trouble("read", Code.STORAGE, clock::now);
    // Only STORAGE promises that nothing was changed.
    this.writes = new Trouble("written", Code.TIMED_OUT, clock::now);
  }

  /** Told when calls begin to fail, by the thread that made the call. */
  void onTrouble(Runnable listener) {
    reads.onBegin(listener);
    writes.onBegin(listener);
  }

  /** Since when something fails, empty when nothing does. May be asked by any thread. */
  Optional<Instant> failingSince() {
    return Stream.of(reads.since(), writes.since(), stuckSince())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private Optional<Instant> stuckSince() {
    return Optional.ofNullable(committing).filter(begin -> clock.now().isAfter(begin.plus(LONG)));
  }

  boolean readsFail() {
    return reads.since().isPresent();
  }

  boolean writesFail() {
    return writes.since().isPresent();
  }

  List<Appended> commit(List<Change> changes) {
    committing = clock.now();
    try {
      return writes.watch(() -> storage.commit(changes));
    } finally {
      committing = null;
    }
  }

  Map<MessageKey, Entry> find(Collection<MessageKey> keys) {
    return reads.watch(() -> storage.find(keys));
  }

  List<Long> count(UserName notBy, List<Stretch> stretches) {
    return reads.watch(() -> storage.count(notBy, stretches));
  }

  Page readAfter(ChatId chat, Cursor cursor, int limit) {
    return reads.watch(() -> storage.readAfter(chat, cursor, limit));
  }

  Page readBefore(ChatId chat, Cursor cursor, int limit) {
    return reads.watch(() -> storage.readBefore(chat, cursor, limit));
  }

  Page comments(MessageKey message, Cursor after, int limit) {
    return reads.watch(() -> storage.comments(message, after, limit));
  }

  boolean refersTo(Digest digest) {
    return reads.watch(() -> storage.refersTo(digest));
  }

  HubStorage.Usage usage() {
    return storage.usage();
  }
}
