package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.UserName;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Appended;
import chat.talk.room.HubStorage.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * What every {@link HubStorage} has to hold besides the {@link StorageContract}: commits that are
 * whole, texts that change and go at their place, comments, counts, facts, and random commits
 * compared with a model made of lists. A random test that fails names its seed.
 *
 * <p>One that outlives its process extends {@link DurableHubStorageContract} instead; one that
 * drops its oldest entries has another test class that extends {@link BoundedStorageContract}.
 *
 * <p>Times are compared to the microsecond: a storage may drop what is finer.
 */
public abstract class HubStorageContract extends HubStorageReadContract {
  private static final int STEPS = 200;
  private static final int WRITERS = 6;
  private static final int COMMITS = 40;
  private static final int GROUP = 3;

  /** For subclasses. */
  protected HubStorageContract() {}

  /**
   * Makes the storage under test.
   *
   * @return a new and empty one at each call; the contract closes it
   */
  @Override
  protected abstract HubStorage open();

  @Test
  void appendsAreAnsweredInTheirOrder() {
    Entry old = append(message("old"));
    List<Appended> answer =
        commit(
            new Change.Append(message("one")),
            new Change.Put(user("alice")),
            new Change.Append(message("old")),
            new Change.Append(message(OTHER, BOB, "two", "elsewhere")),
            new Change.Append(message("one")));
    assertThat(answer).extracting(Appended::isNew).containsExactly(true, false, true, false);
    assertThat(answer.get(1).entry()).isEqualTo(old);
    assertThat(answer.get(3).entry()).isEqualTo(answer.get(0).entry());
    assertThat(readOn(CHAT, old.cursor(), 5)).containsExactly(answer.get(0).entry());
    assertThat(readOn(OTHER, Cursor.START, 5)).containsExactly(answer.get(2).entry());
  }

  @Test
  void commitWithoutAppendsAnswersNothing() {
    assertThat(commit()).isEmpty();
    assertThat(commit(new Change.Put(user("alice")))).isEmpty();
    assertThat(storage.chats()).isEmpty();
  }

  @Test
  void appendAndCommitKnowEachOthersRepeats() {
    Entry appended = append(message("one"));
    Entry committed = commit(new Change.Append(message("two"))).get(0).entry();
    assertThat(commit(new Change.Append(message("one"))))
        .containsExactly(new Appended(appended, false));
    assertThat(append(message("two"))).isEqualTo(committed);
  }

  @Test
  void newHubStorageKnowsNoFacts() {
    assertThat(facts()).isEmpty();
  }

  @Test
  void everyKindOfFactIsKeptAsItIs() {
    List<Fact> facts = Samples.facts(CHAT);
    hub().commit(facts.stream().map(Change.Put::new).toList());
    assertThat(facts()).containsExactlyInAnyOrderElementsOf(facts);
  }

  @Test
  void everyKindOfFactIsForgottenWhenDropped() {
    List<Fact> facts = Samples.facts(CHAT);
    hub().commit(facts.stream().map(Change.Put::new).toList());
    Fact last = facts.get(facts.size() - 1);
    hub().commit(facts.stream().filter(fact -> fact != last).map(Change.Drop::new).toList());
    assertThat(facts()).containsExactly(last);
    commit(new Change.Drop(last));
    assertThat(facts()).isEmpty();
  }

  @Test
  void laterFactReplacesTheEarlierOfItsKey() {
    commit(new Change.Put(window("alice", 1)), new Change.Put(window("bob", 1)));
    commit(new Change.Put(window("alice", 2)));
    commit(new Change.Put(window("bob", 3)), new Change.Put(window("bob", 4)));
    assertThat(facts()).containsExactlyInAnyOrder(window("alice", 2), window("bob", 4));
  }

  @Test
  void droppedFactIsForgotten() {
    commit(new Change.Put(window("alice", 1)), new Change.Put(user("alice")));
    commit(new Change.Drop(window("alice", 99)));
    assertThat(facts()).containsExactly(user("alice"));
    commit(
        new Change.Drop(user("alice")),
        new Change.Put(window("bob", 1)),
        new Change.Drop(window("bob", 1)),
        new Change.Drop(user("carol")),
        new Change.Put(user("carol")));
    assertThat(facts()).containsExactly(user("carol"));
  }

  @Test
  void keysThatDifferInCaseOnlyAreDifferent() {
    commit(new Change.Put(user("bob")), new Change.Put(user("BOB")));
    commit(new Change.Put(window("BOB", 7)), new Change.Drop(user("BOB")));
    assertThat(facts()).containsExactlyInAnyOrder(user("bob"), window("BOB", 7));
  }

  @Test
  void partsOfAKeyAreToldApart() {
    List<Fact> facts =
        List.of(
            new Fact.Delivered("a", ChatId.of("b~c"), Cursor.START),
            new Fact.Delivered("a~b", ChatId.of("c"), Cursor.START),
            new Fact.Delivered("a~b~c", ChatId.of("c"), Cursor.START));
    hub().commit(facts.stream().map(Change.Put::new).toList());
    assertThat(facts()).containsExactlyInAnyOrderElementsOf(facts);
  }

  @Test
  void manyFactsAreGivenBack() {
    List<Fact> facts = IntStream.range(0, 5000).<Fact>mapToObj(i -> window("user" + i, i)).toList();
    hub().commit(facts.stream().map(Change.Put::new).toList());
    assertThat(facts()).containsExactlyInAnyOrderElementsOf(facts);
  }

  @Test
  void commitThatIsRefusedChangesNothing() {
    ChatMessage message = message("one");
    append(message);
    commit(new Change.Put(window("alice", 1)), new Change.Put(user("alice")));
    List<Change> broken =
        Arrays.asList(
            new Change.Append(message("two")),
            new Change.Append(message(OTHER, BOB, "three", "elsewhere")),
            new Change.Rewrite(message.key(), "changed"),
            new Change.Erase(message.key()),
            new Change.Expire(CHAT, Cursor.END),
            new Change.Put(window("alice", 2)),
            new Change.Drop(user("alice")),
            null);
    assertThatThrownBy(() -> hub().commit(broken)).isInstanceOf(RuntimeException.class);
    assertThat(readAll(CHAT)).containsExactly(message);
    assertThat(hub().heads()).isEqualTo(Map.of(CHAT, storage.head(CHAT)));
    assertThat(facts()).containsExactlyInAnyOrder(window("alice", 1), user("alice"));
    assertThat(storage.get(BOB, message("three").id())).isEmpty();
  }

  @Test
  void commitIsSeenWholeOrNotAtAll() {
    int commits = 200;
    CompletableFuture<Void> writing =
        Background.run(() -> IntStream.range(0, commits).forEach(this::commitBoth));
    Await.until(
        "all commits",
        () -> {
          int counted = counted();
          int read = readAll(CHAT).size();
          assertThat(read).as("read after the facts").isGreaterThanOrEqualTo(counted);
          assertThat(counted()).as("facts after that").isGreaterThanOrEqualTo(read);
          return counted == commits;
        });
    Await.result(writing);
  }

  private void commitBoth(int number) {
    Change append = new Change.Append(message("text-" + number));
    Change put = new Change.Put(window("alice", number + 1));
    hub().commit(number % 2 == 0 ? List.of(append, put) : List.of(put, append));
  }

  private int counted() {
    return facts().stream().mapToInt(fact -> ((Fact.Window) fact).count()).sum();
  }

  @Test
  void tailingReaderMissesNothingOfManyCommits() {
    CompletableFuture<List<List<List<Appended>>>> writing =
        Background.supply(() -> onThreads(WRITERS, this::commitGroups));
    List<Event> seen = tail(WRITERS * COMMITS * GROUP, GROUP);
    Await.result(writing);
    assertThat(seen).doesNotHaveDuplicates().isEqualTo(readAll(CHAT));
    assertThat(facts()).hasSize(WRITERS).contains(window("writer0", COMMITS - 1));
  }

  private List<List<Appended>> commitGroups(int writer) {
    List<ChatMessage> all = messages(writer + "-x", COMMITS * GROUP);
    List<List<Appended>> answers = new ArrayList<>();
    for (int i = 0; i < COMMITS; i++) {
      List<Change> changes = new ArrayList<>();
      all.subList(i * GROUP, (i + 1) * GROUP).forEach(m -> changes.add(new Change.Append(m)));
      changes.add(new Change.Put(window("writer" + writer, i)));
      answers.add(hub().commit(changes));
    }
    return answers;
  }

  @Test
  void sameCommitFromManyThreadsIsNewOnce() {
    for (ChatMessage message : messages("race", 20)) {
      List<Appended> answers =
          onThreads(WRITERS, writer -> commit(new Change.Append(message)).get(0));
      assertThat(answers).filteredOn(Appended::isNew).hasSize(1);
      assertThat(answers).extracting(Appended::entry).containsOnly(answers.get(0).entry());
    }
  }

  @RepeatedTest(10)
  void randomCommitsAgreeWithTheModel() {
    withSeed(
        random -> {
          HubStorageModel model = new HubStorageModel(hub(), random);
          for (int i = 0; i < STEPS; i++) {
            model.step();
          }
        });
  }

  @Test
  void positionsAreNoFacts() {
    storage.savePosition(UserName.of("carol"), CHAT, Cursor.START);
    assertThat(facts()).isEmpty();
  }
}
