package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessage.Revision;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.hub.DirectHub.Visitor;
import chat.talk.room.Chunk;
import chat.talk.room.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What readers cost the storage, and that the tails give them nothing old. */
final class HubTailTest {
  private static final int CROWD = 1_000;
  private static final int FAR = 2 * Tail.MAX_ENTRIES + 500;
  private static final Duration TTL = Duration.ofHours(1);

  private DirectHub hub = new DirectHub();

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void readersAtTheHeadCostNoStorageReadAndShareOneChunk() {
    List<Visitor> crowd = crowd();
    ChatId general = crowd.get(0).general();
    long reads = hub.storage.reads();
    List<Chunk> encoded = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      Entry said = crowd.get(i).say(general, "message " + i);
      Chunk first = onlyChunk(crowd.get(0));
      assertThat(first.entries()).containsExactly(said);
      for (Visitor one : crowd.subList(1, CROWD)) {
        Chunk chunk = onlyChunk(one);
        assertThat(chunk).isSameAs(first);
        assertThat(chunk.<Chunk>encoded(made -> noted(made, encoded))).isSameAs(first);
      }
      assertThat(encoded).hasSize(i);
    }
    assertThat(hub.storage.reads()).isEqualTo(reads);
  }

  @Test
  void readersWhoComeFromTheSamePlaceALittleLaterShareToo() {
    List<Visitor> crowd = crowd();
    ChatId general = crowd.get(0).general();
    long reads = hub.storage.reads();
    IntStream.range(0, 500).forEach(i -> crowd.get(0).say(general, "message " + i));
    List<Chunk> first = crowd.get(0).takeAll();
    assertThat(first.stream().flatMap(chunk -> chunk.entries().stream())).hasSize(500);
    for (Visitor one : crowd.subList(1, CROWD)) {
      assertThat(one.takeAll()).usingElementComparator((a, b) -> a == b ? 0 : 1).isEqualTo(first);
    }
    assertThat(hub.storage.reads()).isEqualTo(reads);
  }

  @Test
  void readersWhoCameFromDifferentPlacesShareAfterAFewSteps() {
    List<Visitor> crowd = crowd();
    ChatId general = crowd.get(0).general();
    for (Visitor one : crowd.subList(0, 10)) {
      crowd.get(10).say(general, "message");
      one.takeAll();
    }
    IntStream.range(0, 4 * Tail.BLOCK).forEach(i -> crowd.get(10).say(general, "message " + i));
    List<Chunk> last = crowd.subList(0, 10).stream().map(HubTailTest::lastBlock).toList();
    assertThat(last).allMatch(chunk -> chunk == last.get(0));
    assertThat(last.get(0).entries()).hasSize(Tail.BLOCK);
  }

  /** The last but one that he takes. */
  private static Chunk lastBlock(Visitor reader) {
    List<Chunk> taken = reader.takeAll();
    return taken.get(taken.size() - 2);
  }

  private static Chunk noted(Chunk chunk, List<Chunk> all) {
    all.add(chunk);
    return chunk;
  }

  private List<Visitor> crowd() {
    List<Visitor> crowd = IntStream.range(0, CROWD).mapToObj(i -> hub.join("user-" + i)).toList();
    crowd.forEach(Visitor::takeAll);
    return crowd;
  }

  private static Chunk onlyChunk(Visitor reader) {
    List<Chunk> chunks = reader.takeAll();
    assertThat(chunks).hasSize(1);
    return chunks.get(0);
  }

  @Test
  void whoIsFarBehindGetsAllFromTheStorageAndThenJoinsTheOthers() {
    Visitor alice = hub.join("alice");
    Visitor bob = hub.join("bob");
    ChatId general = alice.general();
    List<Entry> said =
        IntStream.range(0, FAR).mapToObj(i -> alice.say(general, "message " + i)).toList();
    alice.takeAll();
    long reads = hub.storage.reads();
    assertThat(bob.takeEntries()).isEqualTo(said);
    assertThat(hub.storage.reads() - reads).isBetween(2L, 2L + FAR / 32);
    long readsThen = hub.storage.reads();
    Entry next = alice.say(general, "next");
    assertThat(bob.takeEntries()).containsExactly(next);
    assertThat(hub.storage.reads()).isEqualTo(readsThen);
  }

  @Test
  void crowdThatFellBehindTogetherSharesWhatIsReadAndEncoded() {
    List<Visitor> crowd = IntStream.range(0, 5).mapToObj(i -> hub.join("user-" + i)).toList();
    Visitor alice = crowd.get(0);
    crowd.forEach(Visitor::takeAll);
    IntStream.range(0, FAR).forEach(i -> alice.say(alice.general(), "message " + i));
    long reads = hub.storage.reads();
    List<Chunk> first = alice.takeAll();
    long readsOfOne = hub.storage.reads() - reads;
    List<List<Chunk>> others =
        crowd.subList(1, 5).stream().map(one -> one.session.poll(1).chunks()).toList();
    assertThat(others).allMatch(taken -> taken.get(0) == others.get(0).get(0));
    assertThat(hub.storage.reads() - reads).isEqualTo(readsOfOne + 1);
    assertThat(first.get(0).entries()).isEqualTo(others.get(0).get(0).entries());
  }

  @Test
  void whatWasReadIsNotSharedOnceItIsErased() {
    Visitor alice = hub.join("alice");
    List<Visitor> late = List.of(hub.join("bob"), hub.join("carol"));
    ChatId general = alice.general();
    Entry said = alice.say(general, "secret");
    IntStream.range(0, FAR).forEach(i -> alice.say(general, "message " + i));
    assertThat(late.get(0).takeEntries()).startsWith(said);
    Entry erased = alice.ask(new Command.Erase(said.event().id()));
    assertThat(late.get(1).takeEntries()).startsWith(erased).hasSize(FAR + 2);
  }

  @Test
  void whoFallsBehindWhileHeCatchesUpMissesNothing() {
    Visitor alice = hub.join("alice");
    Visitor bob = hub.join("bob");
    ChatId general = alice.general();
    List<Entry> said = new ArrayList<>();
    List<Entry> came = new ArrayList<>();
    IntStream.range(0, FAR).forEach(i -> said.add(alice.say(general, "message " + i)));
    for (int i = 0; i < 40; i++) {
      bob.session.poll(1).chunks().forEach(chunk -> came.addAll(chunk.entries()));
      IntStream.range(0, 200).forEach(more -> said.add(alice.say(general, "more " + more)));
    }
    came.addAll(bob.takeEntries());
    assertThat(came).isEqualTo(said);
  }

  @Test
  void chatThatWasQuietTheLongestGivesItsTailUpAndNothingIsLost() {
    Visitor alice = hub.join("alice");
    Visitor bob = hub.join("bob");
    List<ChatId> chats = IntStream.range(0, 5).mapToObj(i -> alice.createWith(bob)).toList();
    bob.takeAll();
    String text = "x".repeat(1 << 20);
    List<Entry> said = new ArrayList<>();
    chats.forEach(
        chat ->
            IntStream.range(0, 7).forEach(i -> said.add(alice.say(chat, i + text.substring(1)))));
    long reads = hub.storage.reads();
    assertThat(bob.takeEntries()).containsExactlyInAnyOrderElementsOf(said);
    assertThat(hub.storage.reads() - reads).as("reads: only the first chat's").isBetween(1L, 7L);
  }

  @Test
  void editedMessageIsServedAsItIsNow() {
    Visitor alice = hub.join("alice");
    Visitor bob = hub.join("bob");
    Visitor carol = hub.join("carol");
    Entry said = alice.say(alice.general(), "old");
    assertThat(texts(bob.takeEntries())).containsExactly("old");
    long reads = hub.storage.reads();
    Entry edited = alice.ask(new Command.Edit(said.event().id(), "new"));
    List<Entry> came = carol.takeEntries();
    assertThat(came.get(0)).isEqualTo(edited);
    assertThat(came.toString()).contains("new").doesNotContain("old");
    assertThat(bob.takeEntries()).singleElement().isEqualTo(came.get(1));
    assertThat(hub.storage.reads() - reads).as("reads: to find what is edited").isEqualTo(1);
  }

  @Test
  void editOfWhatSomebodyMayNotReadIsServedWithoutItsTextFromMemoryAndFromTheStorage() {
    Visitor alice = hub.join("alice");
    Visitor bob = hub.join("bob");
    ChatId chat = alice.ask(new Command.Create(ChatId.random(), "together")).id();
    Entry said = alice.say(chat, "secret 1");
    alice.ask(new Command.Invite(chat, bob.session.user()));
    bob.ask(new Command.Accept(chat));
    alice.ask(new Command.Edit(said.event().id(), "secret 2"));
    Cursor place = alice.say(chat, "hello").cursor();
    assertThat(bob.takeEntries().toString()).contains("hello").doesNotContain("secret");
    alice.ask(new Command.Edit(said.event().id(), "secret 3"));
    hub.restart();
    Visitor again = hub.connect(bob.login, Map.of(chat, place));
    assertThat(again.takeEntries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.event()).isInstanceOf(Event.Edited.class))
        .satisfies(entry -> assertThat(entry.toString()).doesNotContain("secret"));
  }

  @Test
  void erasedMessageIsServedBlankAndSoAreItsEdits() {
    Visitor alice = hub.join("alice");
    Visitor bob = hub.join("bob");
    Visitor carol = hub.join("carol");
    Visitor dave = hub.join("dave");
    Entry said = alice.say(alice.general(), "secret 1");
    bob.takeAll();
    alice.ask(new Command.Edit(said.event().id(), "secret 2"));
    dave.takeAll();
    long reads = hub.storage.reads();
    Entry erased = alice.ask(new Command.Erase(said.event().id()));
    List<Entry> all = carol.takeEntries();
    assertThat(all).hasSize(3).startsWith(erased);
    assertThat(((ChatMessage) all.get(0).event()).revision()).isEqualTo(Revision.ERASED);
    assertThat(all.get(1).event()).isInstanceOf(Event.Edited.class);
    assertThat(bob.takeEntries()).isEqualTo(all.subList(1, 3));
    assertThat(dave.takeEntries()).isEqualTo(all.subList(2, 3));
    assertThat(all.toString()).doesNotContain("secret");
    assertThat(hub.storage.reads() - reads).as("reads: to find what is erased").isEqualTo(1);
  }

  @Test
  void expiredMessageIsServedBlank() {
    hub.close();
    hub = new DirectHub(builder -> builder.messageTtl(TTL));
    Visitor alice = hub.join("alice");
    Visitor bob = hub.join("bob");
    Entry said = alice.say(alice.general(), "secret");
    for (Visitor one : List.of(alice, bob)) {
      one.takeAll();
      one.ask(new Command.Acknowledge(Map.of(said.event().chat(), said.cursor()), true));
    }
    hub.clock.advance(TTL.multipliedBy(2));
    Visitor again = hub.connect(bob.login, Map.of(said.event().chat(), Cursor.START));
    List<Entry> all = again.takeEntries();
    assertThat(((ChatMessage) all.get(0).event()).revision()).isEqualTo(Revision.EXPIRED);
    assertThat(all.toString()).doesNotContain("secret");
  }

  private static List<String> texts(List<Entry> entries) {
    return entries.stream().map(entry -> ((ChatMessage) entry.event()).text()).toList();
  }
}
