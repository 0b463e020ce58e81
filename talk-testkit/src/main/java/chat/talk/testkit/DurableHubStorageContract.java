package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatMessage;
import chat.talk.ChatMessage.Revision;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.UserName;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Change;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * What a {@link HubStorage} has to hold that outlives the one who opened it; it needs no second
 * test class for the {@link DurableStorageContract}.
 */
public abstract class DurableHubStorageContract extends HubStorageContract {
  private static final int MANY = 100;
  private static final int WRITERS = 3;
  private static final int BEFORE_CRASH = 30;

  /** For subclasses. */
  protected DurableHubStorageContract() {}

  /**
   * Opens once more what {@link #open()} opened last, which has been closed or has crashed since.
   *
   * @return the storage with all that was in it
   */
  protected abstract HubStorage openAgain();

  /**
   * Ends a storage while other threads commit to it, as the end of its process would: what they
   * wait for fails. Closes it unless overridden; better copy its files just now, so that {@link
   * #openAgain()} opens the copy, or break its connections.
   *
   * @param storage what was opened last
   */
  protected void crash(HubStorage storage) {
    storage.close();
  }

  @Test
  void logsAndPositionsOutliveTheStorage() {
    List<Entry> entries = storage.append(messages("text", MANY));
    storage.savePosition(BOB, CHAT, entries.get(41).cursor());
    Cursor emptyHead = storage.head(OTHER);
    reopen();
    assertThat(readOn(CHAT, Cursor.START, 7)).isEqualTo(entries);
    assertThat(hub().heads()).isEqualTo(Map.of(CHAT, entries.get(MANY - 1).cursor()));
    assertThat(readOn(CHAT, storage.position(BOB, CHAT), 7)).isEqualTo(entries.subList(42, MANY));
    assertThat(append(message("text-3"))).isEqualTo(entries.get(3));
    assertThat(storage.readAfter(OTHER, emptyHead, 1).lost()).isFalse();
  }

  @Test
  void everyKindOfEventAndFactOutlivesTheStorage() {
    List<Event> events = Samples.events(CHAT);
    List<Fact> facts = Samples.facts(CHAT);
    storage.append(events);
    hub().commit(facts.stream().map(Change.Put::new).toList());
    reopen();
    assertThat(readAll(CHAT)).isEqualTo(events);
    assertThat(facts()).containsExactlyInAnyOrderElementsOf(facts);
  }

  @Test
  void changesOutliveTheStorage() {
    ChatMessage edited = message("edited");
    ChatMessage erased = comment("erased", edited.key());
    ChatMessage expired = message(OTHER, BOB, "expired", "elsewhere");
    storage.append(List.of(edited, erased, edit("edit", erased, "changed"), expired));
    commit(
        new Change.Rewrite(edited.key(), "changed"),
        new Change.Erase(erased.key()),
        new Change.Expire(OTHER, Cursor.END),
        new Change.Put(window("alice", 1)),
        new Change.Put(window("bob", 1)));
    commit(new Change.Put(window("alice", 2)), new Change.Drop(window("bob", 1)));
    reopen();
    ChatMessage blank = erased.blanked(Revision.ERASED);
    assertThat(readAll(CHAT))
        .containsExactly(edited.edited("changed"), blank, edit("edit", erased, ""));
    assertThat(readAll(OTHER)).containsExactly(expired.blanked(Revision.EXPIRED));
    assertThat(events(hub().comments(edited.key(), Cursor.START, 5).entries()))
        .containsExactly(blank);
    assertThat(unread(BOB, CHAT, Cursor.START)).isEqualTo(1);
    assertThat(facts()).containsExactly(window("alice", 2));
  }

  @Test
  void committingGoesOnAfterReopening() {
    Entry before = commit(new Change.Append(message("before"))).get(0).entry();
    reopen();
    assertThat(commit(new Change.Append(message("before"))).get(0))
        .isEqualTo(new HubStorage.Appended(before, false));
    Entry after = commit(new Change.Append(message("after"))).get(0).entry();
    assertThat(readOn(CHAT, before.cursor(), 7)).containsExactly(after);
    assertThat(readAll(CHAT)).containsExactly(message("before"), message("after"));
  }

  @RepeatedTest(3)
  void afterACrashEachCommitIsThereWhollyOrNotAtAll() {
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    HubStorage crashing = hub();
    CompletableFuture<?> writing =
        Background.supply(
            () -> onThreads(WRITERS, writer -> commitUntilItFails(crashing, writer, acknowledged)));
    Await.until("some commits", () -> acknowledged.size() >= BEFORE_CRASH);
    crash(crashing);
    storage = opened(openAgain());
    Await.result(writing);
    Set<String> facts =
        facts().stream()
            .map(fact -> ((Fact.Window) fact).user().value())
            .collect(Collectors.toSet());
    assertThat(facts).containsAll(acknowledged);
    assertThat(ids(readAll(CHAT))).containsExactlyInAnyOrderElementsOf(facts);
    assertThat(ids(readAll(OTHER))).containsExactlyInAnyOrderElementsOf(facts);
  }

  private static int commitUntilItFails(HubStorage storage, int writer, Set<String> acknowledged) {
    for (int i = 0; ; i++) {
      String id = writer + "-" + i;
      try {
        storage.commit(
            List.of(
                new Change.Append(message(id)),
                new Change.Put(window(id, i)),
                new Change.Append(message(OTHER, UserName.of("other"), id, "elsewhere"))));
      } catch (ChatException e) {
        return i;
      }
      acknowledged.add(id);
    }
  }

  private static List<String> ids(List<Event> events) {
    return events.stream().map(event -> event.id().value()).toList();
  }

  private void reopen() {
    storage.close();
    storage = opened(openAgain());
  }
}
