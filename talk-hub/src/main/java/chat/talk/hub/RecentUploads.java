package chat.talk.hub;

import chat.talk.Scheduler;
import chat.talk.UserName;
import chat.talk.room.Blob;
import chat.talk.room.Digest;
import chat.talk.room.FileUpload;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/**
 * What each user has uploaded lately: only that may he attach, so that nobody gets at somebody
 * else's file by its digest. May be used by any threads.
 */
final class RecentUploads {
  /** How long an upload may be attached. */
  static final Duration LIFE = Duration.ofHours(1);

  /** The most that is remembered of one user; then the oldest goes. */
  static final int MAX_PER_USER = 100;

  private final Scheduler clock;

  /** The oldest first. Guarded by this. */
  private final Map<UserName, LinkedHashMap<Blob, Upload>> byUser = new HashMap<>();

  /**
   * One.
   *
   * @param type what it is, by how it begins
   */
  private record Upload(boolean isText, String type, Instant until) {}

  RecentUploads(Scheduler clock) {
    this.clock = clock;
  }

  synchronized void add(UserName user, FileUpload.Kind kind, Blob blob, String type) {
    LinkedHashMap<Blob, Upload> his = byUser.computeIfAbsent(user, key -> new LinkedHashMap<>());
    Instant now = clock.now();
    Upload before = his.remove(blob);
    boolean wasText = before != null && before.isText && now.isBefore(before.until);
    boolean isText = wasText || kind == FileUpload.Kind.BODY;
    his.put(blob, new Upload(isText, type, now.plus(LIFE)));
    if (his.size() > MAX_PER_USER) {
      Iterator<Blob> oldest = his.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /**
   * What the user has uploaded lately, and as a text if it has to be one.
   *
   * @return its type, by how it begins; null when he has not
   */
  synchronized @Nullable String typeOf(UserName user, Blob blob, boolean asText) {
    Upload upload = byUser.getOrDefault(user, new LinkedHashMap<>()).get(blob);
    boolean isRecent = upload != null && clock.now().isBefore(upload.until);
    return isRecent && (upload.isText || !asText) ? upload.type : null;
  }

  /** Whether anybody has. */
  synchronized boolean refersTo(Digest digest) {
    return byUser.values().stream()
        .flatMap(his -> his.keySet().stream())
        .anyMatch(blob -> blob.digest().equals(digest));
  }

  synchronized void forgetOld() {
    Instant now = clock.now();
    byUser.values().forEach(his -> his.values().removeIf(upload -> !now.isBefore(upload.until)));
    byUser.values().removeIf(Map::isEmpty);
  }
}
