package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessage.Revision;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.room.Chat;
import chat.talk.room.Chunk;
import chat.talk.room.Fact;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class TailTest {
  private static final ChatId CHAT = ChatId.of("chat");
  private static final String MEGA = "x".repeat(1 << 20);

  private final Tail tail = new Tail(CHAT, Cursor.START);

  @Test
  void readersAtTheSamePlaceGetTheVerySameChunk() {
    fill(tail, 10, "text");
    Chunk chunk = tail.after(place(4));
    assertThat(chunk.entries()).hasSize(6);
    assertThat(tail.after(place(4))).isSameAs(chunk);
    tail.append(entry(11, "text"));
    assertThat(tail.after(place(4))).as("who comes later goes in the same steps").isSameAs(chunk);
    assertThat(tail.after(place(10)).entries()).hasSize(1);
    assertThat(tail.after(place(5)).entries()).hasSize(6);
  }

  @Test
  void chunkEndsWhereItHoldsEnough() {
    fill(tail, 10, "x".repeat((int) Weight.ENOUGH / 2));
    assertThat(tail.after(place(0)).entries()).hasSize(2);
    tail.append(entry(11, "x".repeat((int) Weight.ENOUGH * 2)));
    assertThat(tail.after(place(10)).entries()).hasSize(1);
  }

  @Test
  void changedEntryIsShownToWhoComesLater() {
    fill(tail, 3, "text");
    assertThat(tail.after(place(0)).entries()).hasSize(3);
    Entry changed = entry(2, "changed");
    tail.replace(changed);
    assertThat(tail.after(place(0)).entries()).contains(changed);
  }

  @Test
  void editsMayStandBeforeWhatTheTailHasSeenAndBehindNothingElse() {
    Tail opened = new Tail(CHAT, place(5));
    assertThat(opened.mayHaveEdits(place(4))).as("in the storage").isTrue();
    assertThat(opened.mayHaveEdits(place(5))).isFalse();
    opened.append(entry(6, "text"));
    opened.append(edit(7));
    opened.append(entry(8, "text"));
    assertThat(opened.mayHaveEdits(place(6))).isTrue();
    assertThat(opened.mayHaveEdits(place(7))).isFalse();
    opened.append(entry(12, "text"));
    assertThat(opened.mayHaveEdits(place(8))).as("in what was left out").isTrue();
    assertThat(opened.mayHaveEdits(place(12))).isFalse();
  }

  @Test
  void everyPlaceGetsWhatFollowsOrNothing() {
    int count = 3 * Tail.MAX_ENTRIES;
    fill(tail, count, "text");
    long first = tail.start().sequence();
    assertThat(first).isBetween((long) count - Tail.MAX_ENTRIES, (long) count - 1);
    LongStream.of(0, 1, first - 1).forEach(at -> assertThat(tail.after(place(at))).isNull());
    LongStream.concat(LongStream.rangeClosed(first, first + 40), LongStream.of(count - 1, count))
        .forEach(at -> assertFollows(tail.after(place(at)), at, count));
    assertThat(IntStream.rangeClosed((int) first, count))
        .allMatch(at -> tail.after(place(at)).after().sequence() == at);
  }

  private static void assertFollows(Chunk chunk, long at, int count) {
    List<Long> places = chunk.entries().stream().map(e -> e.cursor().sequence()).toList();
    assertThat(places.isEmpty()).isEqualTo(at == count);
    assertThat(places)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(at + 1, at + places.size()).boxed().toList());
    assertThat(chunk.next().sequence()).isEqualTo(at + places.size());
  }

  @Test
  void placeOfAnotherLifeIsNotServed() {
    fill(tail, 3, "text");
    assertThat(tail.after(new Cursor(2, 1))).isNull();
    assertThat(tail.after(place(4))).isNull();
  }

  @Test
  void entryThatDoesNotFollowEmptiesTheTail() {
    fill(tail, 3, "text");
    tail.append(entry(5, "text"));
    assertThat(tail.after(place(3))).isNull();
    assertThat(tail.after(place(5)).entries()).isEmpty();
    tail.append(entry(6, "text"));
    assertThat(tail.after(place(5)).entries()).hasSize(1);
  }

  @Test
  void replacedEntryIsServedInsteadAlsoToThoseWhoShare() {
    fill(tail, 3, "old");
    assertThat(tail.after(Cursor.START).toString()).isNotEmpty();
    tail.replace(entry(2, "new"));
    assertThat(texts(tail.after(Cursor.START))).containsExactly("old", "new", "old");
    tail.append(entry(4, "last"));
    assertThat(texts(tail.after(place(1)))).containsExactly("new", "old", "last");
  }

  @Test
  void replacingWhatIsNotHeldChangesNothing() {
    fill(tail, 3 * Tail.MAX_ENTRIES, "old");
    Cursor start = tail.start();
    tail.replace(entry(1, "new"));
    tail.replace(entry(start.sequence(), "new"));
    tail.replace(entry(3 * Tail.MAX_ENTRIES + 1, "new"));
    assertThat(texts(tail.after(start))).containsOnly("old");
  }

  @Test
  void clearedTailKnowsItsHead() {
    fill(tail, 3, "text");
    tail.clear();
    assertThat(tail.weight()).isZero();
    assertThat(tail.head()).isEqualTo(place(3));
    assertThat(tail.after(place(2))).isNull();
    assertThat(tail.after(place(3)).entries()).isEmpty();
  }

  @Test
  void budgetTakesFromTheQuietestUntilTheRestFits() {
    TailBudget budget = new TailBudget();
    List<Room> rooms = IntStream.range(0, 6).mapToObj(i -> room("room-" + i)).toList();
    rooms.subList(0, 4).forEach(room -> grow(room, budget, 1, 6));
    grow(rooms.get(0), budget, 7, 7);
    assertThat(rooms.subList(0, 4)).allMatch(room -> room.tail().weight() > 0);
    grow(rooms.get(4), budget, 1, 7);
    assertThat(rooms.get(1).tail().weight()).isZero();
    assertThat(rooms.get(0).tail().weight()).isPositive();
    grow(rooms.get(5), budget, 1, 6);
    assertThat(rooms.get(2).tail().weight()).isZero();
    assertThat(rooms.stream().mapToLong(room -> room.tail().weight()).sum())
        .isBetween(20L << 20, 32L << 20);
  }

  @Test
  void tailThatWeighsTooMuchKeepsTheNewerHalf() {
    IntStream.rangeClosed(1, 8).forEach(i -> tail.append(entry(i, MEGA)));
    assertThat(tail.weight()).isLessThanOrEqualTo(Tail.MAX_WEIGHT);
    assertThat(tail.head()).isEqualTo(place(8));
    assertThat(tail.start().sequence()).isBetween(3L, 5L);
    assertFollows(tail.after(tail.start()), tail.start().sequence(), 8);
  }

  @Test
  void whatWeighsMoreThanTheWholeTailIsKeptAlone() {
    tail.append(entry(1, "text"));
    tail.append(entry(2, MEGA.repeat(9)));
    assertThat(tail.after(place(1)).entries()).hasSize(1);
    tail.append(entry(3, "text"));
    assertThat(tail.start()).isEqualTo(place(2));
    assertThat(texts(tail.after(place(2)))).containsExactly("text");
  }

  @Test
  void revisionTellsWhetherWhatWasReadBeforeIsStillTrue() {
    fill(tail, 3, "text");
    int before = tail.revision();
    tail.append(entry(4, "text"));
    assertThat(tail.revision()).isEqualTo(before);
    tail.replace(entry(9, "not held"));
    int replaced = tail.revision();
    tail.clear();
    assertThat(List.of(before, replaced, tail.revision())).doesNotHaveDuplicates();
  }

  private static Room room(String id) {
    Fact.Room fact =
        new Fact.Room(ChatId.of(id), Chat.Kind.PRIVATE, id, null, Instant.EPOCH, false);
    return new Room(fact, Cursor.START);
  }

  /** Publishes a message of a million characters at each of these places. */
  private static void grow(Room room, TailBudget budget, int first, int last) {
    for (int i = first; i <= last; i++) {
      room.publish(entry(i, MEGA));
      budget.grown(room);
    }
  }

  private static void fill(Tail tail, int count, String text) {
    IntStream.rangeClosed(1, count).forEach(i -> tail.append(entry(i, text)));
  }

  private static Cursor place(long sequence) {
    return sequence == 0 ? Cursor.START : new Cursor(1, sequence);
  }

  private static Entry entry(long sequence, String text) {
    ChatMessage message =
        new ChatMessage(
            CHAT,
            MessageId.of("m" + sequence),
            UserName.of("alice"),
            text,
            Instant.EPOCH,
            null,
            Revision.ORIGINAL);
    return new Entry(place(sequence), message);
  }

  private static Entry edit(long sequence) {
    Event.Edited edited =
        new Event.Edited(
            CHAT,
            MessageId.of("e" + sequence),
            UserName.of("alice"),
            Instant.EPOCH,
            MessageId.of("m1"),
            place(1),
            "text");
    return new Entry(place(sequence), edited);
  }

  private static List<String> texts(Chunk chunk) {
    return chunk.entries().stream().map(entry -> ((ChatMessage) entry.event()).text()).toList();
  }
}
