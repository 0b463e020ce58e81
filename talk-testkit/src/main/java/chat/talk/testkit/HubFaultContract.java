package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.Notice;
import chat.talk.room.Command;
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The part of {@link HubContract} about lost answers, failing storages and things done at once. */
abstract class HubFaultContract extends HubAwayContract {
  private static final int MANY = 200;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void whatTheStorageHasDroppedIsLostAndTheRestComes() {
    serve(options -> options.withStorage(HubStorage.inMemory(10_000)));
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Entry seen = alice.say(alice.general(), "seen");
    bob.awaitRead(seen);
    bob.client().close();
    String[] texts = numbered(MANY);
    alice.sayAll(alice.general(), texts);
    restart();
    Participant again = resume(bob, Map.of(alice.general(), seen.cursor()));
    String last = texts[MANY - 1];
    Await.until("the last", () -> again.heard().texts().contains(last));
    assertThat(again.heard().awaitNotice(Notice.Lost.class))
        .isEqualTo(new Notice.Lost(alice.general(), seen.cursor()));
    List<String> came = again.heard().texts();
    assertThat(came).isEqualTo(List.of(texts).subList(MANY - came.size(), MANY));
    assertThat(came).hasSizeBetween(1, MANY - 1);
  }

  @Test
  void whatIsNotStoredHasNotHappened() {
    FaultyStorage faulty = faulty();
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    ChatId general = alice.general();
    Draft draft = Draft.of(general, "at last");
    faulty.refuseWrites(FaultyStorage.ALL);
    assertRefused(Code.STORAGE, alice.client().send(draft));
    assertRefused(Code.STORAGE, alice.client().send(BOB, "private"));
    assertRefused(Code.STORAGE, alice.client().create("room"));
    assertThat(alice.ask(new Command.Chats())).hasSize(1);
    faulty.mend();
    Await.result(alice.client().send(draft));
    bob.heard().awaitTexts("at last");
    assertThat(bob.history(general)).containsExactly("at last");
  }

  @Test
  void whatWasStoredThoughItsAnswerWasLostIsThereOnce() {
    FaultyStorage faulty = faulty();
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    ChatId general = alice.general();
    alice.say(general, "before");
    Draft draft = Draft.of(general, "in doubt");
    faulty.loseAnswers(1);
    Await.code(alice.client().send(draft));
    faulty.mend();
    Entry sent = Await.result(alice.client().send(draft));
    assertThat(Await.result(alice.client().send(draft))).isEqualTo(sent);
    alice.say(general, "after");
    bob.heard().awaitTexts("before", "in doubt", "after");
    assertThat(alice.history(general)).containsExactly("before", "in doubt", "after");
  }

  @Test
  void readsThatFailAreToldAndHarmNothing() {
    FaultyStorage faulty = faulty();
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Entry sent = alice.say(alice.general(), "Hello");
    bob.heard().awaitTexts("Hello");
    restart();
    alice.awaitRead(sent);
    faulty.refuseReads(FaultyStorage.ALL);
    assertThat(alice.refusal(new Command.Find(Participant.key(sent)))).isEqualTo(Code.STORAGE);
    assertThat(alice.refusal(new Command.ReadAfter(alice.general(), Cursor.START, 10)))
        .isEqualTo(Code.STORAGE);
    faulty.mend();
    assertThat(alice.find(sent).text()).isEqualTo("Hello");
    alice.say(alice.general(), "again");
    bob.heard().awaitTexts("again");
  }

  @Test
  void readerWhosePagesCannotBeHadGetsThemLater() {
    FaultyStorage faulty = faulty();
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    bob.awaitRead(alice.say(alice.general(), "seen"));
    bob.client().close();
    String[] texts = numbered(MANY);
    alice.sayAll(alice.general(), texts);
    restart();
    faulty.refuseReads(FaultyStorage.ALL);
    long before = faulty.reads();
    Participant again = back(bob);
    Await.until("a read that fails", () -> faulty.reads() > before);
    faulty.mend();
    Await.until(
        "the last",
        () -> {
          clock.advance(Duration.ofSeconds(1));
          return again.heard().texts().size() >= MANY;
        });
    again.heard().awaitTexts(texts);
    assertThat(again.heard().notices()).noneMatch(Notice.Lost.class::isInstance);
  }

  @RepeatedTest(10)
  void olderSessionSaysNothingOnceTheNewerIsThere() {
    Login login = newUser(ALICE);
    RawSession older = raw(login);
    ChatId general = Await.result(older.call(new Command.Status())).general();
    List<CompletableFuture<Entry>> sends =
        IntStream.range(0, MANY)
            .mapToObj(i -> older.call(new Command.Send(Draft.of(general, "message " + i))))
            .toList();
    Participant alice = join(HubClient.join(hub, login));
    List<String> before = alice.history(general);
    long answered = sends.stream().filter(send -> Await.code(send) == null).count();
    assertThat(before).hasSizeBetween((int) answered, MANY);
    assertThat(before).isEqualTo(List.of(numbered(MANY)).subList(0, before.size()));
    assertThat(alice.history(general)).isEqualTo(before);
  }

  @RepeatedTest(10)
  void whoIsRemovedWhileHeTalksSaysNothingAfterwards() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    List<CompletableFuture<Entry>> sends =
        IntStream.range(0, MANY).mapToObj(i -> bob.client().send(ROOM, "message " + i)).toList();
    alice.ask(new Command.Remove(ROOM, BOB));
    long answered = sends.stream().filter(send -> Await.code(send) == null).count();
    List<Event> log = alice.events(ROOM, Event.class);
    assertThat(log.get(log.size() - 1)).isInstanceOf(Event.Left.class);
    assertThat(alice.history(ROOM)).hasSize((int) answered);
  }

  @RepeatedTest(10)
  void bansOfManyReportsAtOnceAreOne() {
    serve(options -> options.withAdministrators(CAROL));
    Participant alice = join(ALICE);
    Entry spam = alice.say(alice.general(), "spam");
    Command.ReportMessage report = new Command.ReportMessage(Participant.key(spam), "spam");
    List<Participant> reporters = IntStream.range(0, 9).mapToObj(i -> join(user(i))).toList();
    reporters.stream().map(one -> one.client().call(report)).toList().forEach(Await::result);
    assertRefused(Code.BANNED, alice.client().send(alice.general(), "more"));
    assertThat(join(CAROL).ask(new Command.Bans())).hasSize(1);
  }

  /** What alice asks in {@link #commandAskedAgainChangesNothingMore}. */
  static Stream<Command<?>> repeatable() {
    return RepeatableCommands.all();
  }

  @ParameterizedTest
  @MethodSource("repeatable")
  @Tag(HubContract.ONE_CONNECTION)
  void commandAskedAgainChangesNothingMore(Command<?> command) {
    serve(options -> options.withAdministrators(ALICE));
    Participant alice = joinUnreading(ALICE);
    Participant bob = joinUnreading(BOB);
    Participant carol = joinUnreading(CAROL);
    Participant dave = joinUnreading(DAVE);
    RepeatableCommands.prepare(alice, bob, carol, dave, clock.now().plus(HOUR));
    HubPicture picture = new HubPicture(alice, List.of(alice, bob, carol, dave));
    List<String> atFirst = picture.take();
    assertThat(alice.refusal(command)).isNull();
    List<String> before = picture.take();
    assertThat(before.equals(atFirst))
        .as("nobody sees that it was asked")
        .isEqualTo(RepeatableCommands.isUnseen(command));
    clock.advance(MINUTE);
    assertThat(alice.refusal(command)).isNull();
    assertThat(picture.take()).isEqualTo(before);
  }
}
