package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.room.Fact;
import chat.talk.room.HubStorage.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every kind of fact in the tables of a database. */
abstract class FactsContract {
  /** Open and empty at the beginning of each test. */
  abstract Database database();

  @Test
  void everyKindOfFactIsAmongTheSamples() {
    assertThat(FactSamples.all()).extracting(Fact::getClass).containsAll(kinds());
    assertThat(FactSamples.all()).extracting(Fact::key).doesNotHaveDuplicates();
  }

  private static List<Class<? extends Fact>> kinds() {
    return Stream.of(Fact.class.getPermittedSubclasses())
        .<Class<? extends Fact>>map(kind -> kind.asSubclass(Fact.class))
        .toList();
  }

  @Test
  void whatGoesInComesBack() {
    List<Fact> all = FactSamples.all();
    change(puts(all));
    assertThat(facts()).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void factsComeInTheSameOrderHoweverTheyWentIn() {
    List<Fact> all = FactSamples.all();
    change(puts(all));
    List<Fact> once = facts();
    change(drops(all));
    List<Fact> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(7));
    change(puts(shuffled));
    assertThat(facts()).isEqualTo(once);
  }

  @Test
  void laterFactReplacesTheEarlierOfItsKeyAndNoOther() {
    List<Fact> all = FactSamples.all();
    for (int turn = 0; turn < 2; turn++) {
      change(puts(all));
      List<Fact> mixed = new ArrayList<>(all);
      List<Fact> changed = new ArrayList<>();
      for (int i = turn; i < all.size(); i += 2) {
        changed.add(FactSamples.changed(all.get(i)));
        mixed.set(i, FactSamples.changed(all.get(i)));
      }
      change(puts(changed));
      assertThat(facts()).containsExactlyInAnyOrderElementsOf(mixed);
    }
  }

  @Test
  void anotherFactOfAKeyIsAnotherOne() {
    for (Fact fact : FactSamples.all()) {
      assertThat(FactSamples.changed(fact))
          .isNotEqualTo(fact)
          .extracting(Fact::key)
          .isEqualTo(fact.key());
    }
  }

  @Test
  void droppedFactIsGoneAndNoOther() {
    List<Fact> all = FactSamples.all();
    for (int turn = 0; turn < 2; turn++) {
      change(puts(all));
      List<Fact> left = new ArrayList<>();
      List<Fact> dropped = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        (i % 2 == turn ? dropped : left).add(all.get(i));
      }
      change(drops(dropped.stream().map(FactSamples::changed).toList()));
      assertThat(facts()).containsExactlyInAnyOrderElementsOf(left);
    }
  }

  @Test
  void whatIsAbsentCanBeDropped() {
    change(drops(FactSamples.all()));
    change(List.of());
    assertThat(facts()).isEmpty();
  }

  @Test
  void lastChangeOfAKeyCounts() {
    Fact.User user = new Fact.User(FactSamples.A, FactSamples.TIME, null, 0, null);
    change(
        List.of(
            new Change.Put(user),
            new Change.Drop(user),
            new Change.Put(user.withReports(1)),
            new Change.Put(user.withReports(2))));
    assertThat(facts()).containsExactly(user.withReports(2));
    change(List.of(new Change.Put(user), new Change.Drop(user)));
    assertThat(facts()).isEmpty();
  }

  @Test
  void timesAreKeptToTheMicrosecond() {
    for (String time : List.of("2026-03-01T00:00:00.123456Z", "1969-12-31T23:59:59.999998Z")) {
      Instant whole = Instant.parse(time);
      change(List.of(new Change.Put(user(whole.plusNanos(999)))));
      assertThat(facts()).containsExactly(user(whole));
    }
  }

  @Test
  void timeOutOfReachIsAsFarAwayAsItGoes() {
    change(List.of(new Change.Put(user(Instant.MAX))));
    assertThat(facts()).containsExactly(user(Micros.instant(Long.MAX_VALUE)));
    change(List.of(new Change.Put(user(Instant.MIN))));
    assertThat(facts()).containsExactly(user(Micros.instant(Long.MIN_VALUE)));
    assertThat(Micros.instant(Long.MAX_VALUE)).isAfter(Instant.parse("+292000-01-01T00:00:00Z"));
  }

  final void change(List<? extends Change> changes) {
    database().storage().commit(changes);
  }

  final List<Fact> facts() {
    try (Stream<Fact> facts = database().storage().facts()) {
      return facts.toList();
    }
  }

  static List<Change> puts(List<Fact> facts) {
    return facts.stream().<Change>map(Change.Put::new).toList();
  }

  private static List<Change> drops(List<Fact> facts) {
    return facts.stream().<Change>map(Change.Drop::new).toList();
  }

  private static Fact.User user(Instant since) {
    return new Fact.User(FactSamples.A, since, null, 0, null);
  }
}
