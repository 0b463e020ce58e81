package chat.talk.testkit;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Page;
import chat.talk.Storage;
import chat.talk.UserName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out from what clients did and saw whether a hub, a network and their storage have kept
 * Talk's guarantees. Write down while it happens, hand over the logs in the end, check.
 *
 * <pre>{@code
 * HistoryChecker checker = new HistoryChecker("seed 42");
 * DeviceHistory history = checker.device(UserName.of("alice"), "phone");
 * HubClient alice = HubClient.join(hub, "alice").listener(history).start();
 * Draft draft = Draft.of(general, "Hello");
 * history.sent(draft, alice.send(draft));
 * checker.logs(storage);
 * checker.assertNoViolations();
 * }</pre>
 *
 * <p>Who was a member when follows from the logs: in a chat that begins with its creation, from
 * {@code Created} or {@code Joined} to {@code Left}; in a direct chat, its two users; in any other,
 * everybody, who sees from some place on all that follows. Everybody must have been given time in
 * the end to see it all. Not for several threads at a time.
 */
public final class HistoryChecker {
  private static final int PAGE = 1_000;
  private static final int SHOWN = 20;

  private final String run;
  private final List<DeviceHistory> devices = new ArrayList<>();
  private final Map<ChatId, ChatLog> logs = new HashMap<>();
  private final Map<UserName, Map<ChatId, Cursor>> read = new HashMap<>();
  private boolean storageIsAway;
  private int outages;

  /**
   * A checker that knows nothing yet.
   *
   * @param run names the run in failures, say with its seed
   */
  public HistoryChecker(String run) {
    this.run = run;
  }

  /** While it is away, a message may be refused and stored all the same. */
  void storageIsAway(boolean away) {
    storageIsAway = away;
    outages++;
  }

  /** Differs from a former answer when the storage was away meanwhile. */
  int outages() {
    return outages;
  }

  boolean storageIsAway() {
    return storageIsAway;
  }

  /**
   * A user's first device: it misses nothing in chats that the user enters.
   *
   * @param user whose
   * @param device names it
   * @return its history, to be written
   */
  public DeviceHistory device(UserName user, String device) {
    return add(new DeviceHistory(this, user, device, false));
  }

  /**
   * A further device of a user, which may begin anywhere in his chats.
   *
   * @param user whose
   * @param device names it
   * @return its history, to be written
   */
  public DeviceHistory laterDevice(UserName user, String device) {
    return add(new DeviceHistory(this, user, device, true));
  }

  private DeviceHistory add(DeviceHistory history) {
    devices.add(history);
    return history;
  }

  /**
   * The final logs, as a storage has them.
   *
   * @param storage with everything in it
   */
  public void logs(Storage storage) {
    for (ChatId chat : storage.chats()) {
      List<Entry> entries = new ArrayList<>();
      Page page = storage.readAfter(chat, Cursor.START, PAGE);
      entries.addAll(page.entries());
      while (!page.atEnd()) {
        page = storage.readAfter(chat, page.next(), PAGE);
        entries.addAll(page.entries());
      }
      log(chat, entries);
    }
  }

  /**
   * The final log of one chat.
   *
   * @param chat which
   * @param entries all of it, the oldest first
   */
  public void log(ChatId chat, List<Entry> entries) {
    logs.put(chat, new ChatLog(chat, entries, ChatLog.UNKNOWN));
  }

  /**
   * The final log of one chat whose storage drops what is old.
   *
   * @param chat which
   * @param entries all that was ever in it, the oldest first
   * @param dropped how many of these, from the oldest on, the storage doesn't have any more
   */
  public void log(ChatId chat, List<Entry> entries, int dropped) {
    logs.put(chat, new ChatLog(chat, entries, dropped));
  }

  /**
   * What was broken, by what was written down until now.
   *
   * @return nothing, when all is well
   */
  public List<Violation> violations() {
    List<Violation> found = new ArrayList<>();
    SendCheck sends = new SendCheck(logs, devices, found);
    sends.run();
    for (DeviceHistory device : devices) {
      new SeenCheck(logs, sends, device, found).run();
      new ReadCheck(logs, device, found).run();
      new ScheduleCheck(logs, sends, device, found).run();
    }
    DevicesCheck.run(devices, found);
    return found;
  }

  /**
   * Fails when something was broken.
   *
   * @throws AssertionError that says what, and in which run
   */
  public void assertNoViolations() {
    List<Violation> found = violations();
    if (!found.isEmpty()) {
      StringBuilder text = new StringBuilder(run).append(": ").append(found.size());
      text.append(" violations");
      found.stream()
          .limit(SHOWN)
          .forEach(
              each -> text.append("\n  ").append(each.kind()).append(": ").append(each.what()));
      throw new AssertionError(text.toString());
    }
  }

  void hasRead(UserName user, ChatId chat, Cursor upTo) {
    read.computeIfAbsent(user, any -> new HashMap<>())
        .merge(chat, upTo, (old, now) -> now.sequence() > old.sequence() ? now : old);
  }

  Map<ChatId, Cursor> readBy(UserName user) {
    Map<ChatId, Cursor> known = read.get(user);
    return known == null ? Map.of() : new HashMap<>(known);
  }
}
