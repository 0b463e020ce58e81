package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.HubClient;
import chat.talk.room.HubStatus;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Member;
import chat.talk.room.Scheduled;
import chat.talk.room.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The part of {@link HubContract} about a storage that is away for a while: what is in memory is
 * there for those whom the hub knows, the rest is refused and not done, and all comes back by
 * itself.
 */
abstract class HubAwayContract extends HubCrowdContract {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** How long a hub waits for what won't happen before it closes. */
  private static final Duration INSTANT = Duration.ofMillis(50);

  /** A storage that works until it is told not to, and the hub over it. */
  FaultyStorage faulty() {
    FaultyStorage faulty = new FaultyStorage(HubStorage.inMemory());
    serve(options -> options.withStorage(faulty));
    atTheEnd(faulty::mend);
    return faulty;
  }

  private static void takeAway(FaultyStorage faulty) {
    faulty.refuseWrites(FaultyStorage.ALL);
    faulty.refuseReads(FaultyStorage.ALL);
  }

  /** Lets second after second pass until something is so. */
  private void awaitSeconds(String what, BooleanSupplier condition) {
    Await.until(
        what,
        () -> {
          clock.advance(SECOND);
          return condition.getAsBoolean();
        });
  }

  private static @Nullable Instant failsSince(Participant user) {
    return user.ask(new Command.Status()).storageFailsSince();
  }

  private void awaitWorks(Participant user) {
    awaitSeconds("the storage works again", () -> failsSince(user) == null);
  }

  private static Draft hello(ChatId chat) {
    return Draft.of(chat, "Hello");
  }

  @Test
  void statusSaysSinceWhenNothingCanBeWritten() {
    FaultyStorage faulty = faulty();
    Participant alice = join(ALICE);
    ChatId general = alice.general();
    assertThat(failsSince(alice)).isNull();
    faulty.refuseWrites(FaultyStorage.ALL);
    clock.advance(HOUR);
    Instant since = clock.now();
    assertRefused(Code.STORAGE, alice.client().send(hello(general)));
    assertThat(failsSince(alice)).isEqualTo(since);
    clock.advance(HOUR);
    assertThat(failsSince(alice)).isEqualTo(since);
    faulty.mend();
    awaitWorks(alice);
    alice.say(general, "back");
  }

  @Test
  void statusSaysSinceWhenNothingCanBeRead() {
    FaultyStorage faulty = faulty();
    Participant alice = join(ALICE);
    Entry old = alice.say(alice.general(), "old");
    restart();
    assertThat(alice.find(old).text()).isEqualTo("old");
    assertThat(failsSince(alice)).isNull();
    faulty.refuseReads(FaultyStorage.ALL);
    Instant since = clock.now();
    assertThat(alice.refusal(new Command.Find(Participant.key(old)))).isEqualTo(Code.STORAGE);
    clock.advance(HOUR);
    HubStatus status = alice.ask(new Command.Status());
    assertThat(status.storageFailsSince()).isEqualTo(since);
    faulty.mend();
    awaitWorks(alice);
  }

  @Test
  void unreadIsUnknownWhileItCannotBeCounted() {
    FaultyStorage faulty = faulty();
    Participant alice = join(ALICE);
    Participant bob = joinUnreading(BOB);
    alice.sayAll(alice.general(), "1", "2", "3");
    bob.heard().awaitTexts("1", "2", "3");
    ChatId general = bob.general();
    restart();
    faulty.refuseReads(FaultyStorage.ALL);
    alice.say(general, "4");
    bob.heard().awaitTexts("4");
    List<Chat> chats = bob.ask(new Command.Status()).chats();
    assertThat(chats).noneMatch(Chat::knowsUnread);
    assertThat(bob.unread(general)).isEqualTo(Chat.UNREAD_UNKNOWN);
    assertThat(Await.result(bob.client().unread())).isEqualTo(Chat.UNREAD_UNKNOWN);
    faulty.mend();
    awaitSeconds("the count", () -> bob.unread(general) == 4);
  }

  @Test
  void whoIsKnownComesBackAndHearsWhatIsInMemory() {
    FaultyStorage faulty = faulty();
    Participant alice = join(ALICE);
    ChatId general = alice.general();
    Participant bob = gone(alice);
    alice.sayAll(general, "one", "two");
    takeAway(faulty);
    Participant again = back(bob);
    again.heard().awaitTexts("one", "two");
    assertThat(again.unread(general)).isEqualTo(2);
    faulty.mend();
    awaitSeconds("read", () -> again.unread(general) == 0);
    awaitWorks(again);
    alice.say(general, "three");
    again.heard().awaitTexts("three");
  }

  @Test
  void newcomerIsRefusedAndMayComeLater() {
    FaultyStorage faulty = faulty();
    Participant alice = join(ALICE);
    takeAway(faulty);
    Login login = new Login.NewUser(BOB, Token.random());
    assertThat(refusal(login)).isEqualTo(Code.STORAGE);
    assertThat(refusal(new Login.Known(Token.random()))).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(alice.ask(new Command.Members(alice.general()))).hasSize(1);
    faulty.mend();
    assertThat(refusal(login)).isNull();
  }

  @Test
  void whatIsInMemoryIsReadOn() {
    FaultyStorage faulty = faulty();
    Participant alice = join(ALICE);
    ChatId general = alice.general();
    alice.sayAll(general, "1", "2", "3");
    List<Entry> log = alice.log(general);
    takeAway(faulty);
    assertThat(alice.log(general)).isEqualTo(log);
    Command.ReadBefore newest = new Command.ReadBefore(general, Cursor.END, 2);
    assertThat(alice.ask(newest).entries()).isEqualTo(log.subList(1, 3));
    Command.ReadAfter rest = new Command.ReadAfter(general, log.get(1).cursor(), 9);
    assertThat(alice.ask(rest).entries()).isEqualTo(log.subList(2, 3));
  }

  /** What is asked in {@link #whatCannotBeStoredIsRefusedAndNotDone}. */
  static Stream<Command<?>> changing() {
    return RepeatableCommands.all();
  }

  @ParameterizedTest
  @MethodSource("changing")
  @Tag(HubContract.ONE_CONNECTION)
  void whatCannotBeStoredIsRefusedAndNotDone(Command<?> command) {
    FaultyStorage faulty = faulty();
    serve(options -> options.withAdministrators(ALICE));
    Participant alice = joinUnreading(ALICE);
    Participant bob = joinUnreading(BOB);
    Participant carol = joinUnreading(CAROL);
    Participant dave = joinUnreading(DAVE);
    RepeatableCommands.prepare(alice, bob, carol, dave, clock.now().plus(HOUR));
    HubPicture picture = new HubPicture(alice, List.of(alice, bob, carol, dave));
    List<String> before = picture.take();
    faulty.refuseWrites(FaultyStorage.ALL);
    boolean needsNone = command instanceof Command.Type || command instanceof Command.Acknowledge;
    assertThat(alice.refusal(command)).isEqualTo(needsNone ? null : Code.STORAGE);
    assertThat(picture.take()).isEqualTo(before);
    assertThat(alice.refusal(command)).isEqualTo(needsNone ? null : Code.STORAGE);
    faulty.mend();
    assertThat(picture.take()).isEqualTo(before);
    assertThat(alice.refusal(command)).isNull();
  }

  @Test
  void howFarOneHasReadIsKeptOnceItCanBe() {
    FaultyStorage faulty = faulty();
    Participant alice = join(ALICE);
    Participant bob = joinUnreading(BOB);
    ChatId general = alice.general();
    Entry sent = alice.say(general, "Hello");
    bob.heard().awaitTexts("Hello");
    faulty.refuseWrites(FaultyStorage.ALL);
    bob.ask(new Command.Acknowledge(Map.of(general, sent.cursor()), true));
    assertThat(bob.unread(general)).as("by what is stored").isEqualTo(1);
    assertThat(bob.refusal(new Command.MarkRead(general, Cursor.END))).isEqualTo(Code.STORAGE);
    faulty.mend();
    awaitWorks(bob);
    restart();
    assertThat(bob.unread(general)).isZero();
  }

  @Test
  void whatOneIsToldToHaveReadIsReadStillAfterACrash() {
    FaultyStorage faulty = faulty();
    serve(options -> options.withCloseWithin(INSTANT));
    Participant alice = join(ALICE);
    Participant bob = joinUnreading(BOB);
    ChatId general = alice.general();
    Entry first = alice.say(general, "first");
    Entry second = alice.say(general, "second");
    bob.heard().awaitTexts("first", "second");
    bob.ask(new Command.MarkRead(general, first.cursor()));
    faulty.refuseWrites(FaultyStorage.ALL);
    bob.ask(new Command.Acknowledge(Map.of(general, second.cursor()), true));
    assertReadUpTo(first.cursor(), bob);
    stop();
    faulty.mend();
    restart();
    assertReadUpTo(first.cursor(), bob);
  }

  private static void assertReadUpTo(Cursor place, Participant user) {
    assertThat(user.chat(user.general()).read()).isEqualTo(place);
    assertThat(user.unread(user.general())).isEqualTo(1);
    assertThat(user.ask(new Command.Members(user.general())))
        .filteredOn(member -> member.user().equals(user.name()))
        .extracting(Member::read)
        .containsExactly(place);
  }

  @Test
  void scheduledMessageIsSentOnceTheStorageIsBack() {
    FaultyStorage faulty = faulty();
    Participant alice = join(ALICE);
    ChatId general = alice.general();
    Instant at = clock.now().plus(HOUR);
    Scheduled planned = alice.ask(new Command.Schedule(Draft.of(general, "later"), at));
    takeAway(faulty);
    clock.advance(HOUR);
    clock.advance(HOUR);
    assertThat(alice.ask(new Command.Schedules())).containsExactly(planned);
    assertThat(alice.history(general)).isEmpty();
    faulty.mend();
    awaitSeconds("it was sent", () -> !alice.history(general).isEmpty());
    clock.advance(HOUR);
    assertThat(alice.history(general)).containsExactly("later");
  }

  @Test
  void whatIsOverdueGoesOnceTheStorageIsBack() {
    FaultyStorage faulty = faulty();
    serve(options -> options.withMessageTtl(HOUR));
    Participant alice = join(ALICE);
    ChatId general = alice.general();
    alice.awaitRead(alice.say(general, "old"));
    takeAway(faulty);
    clock.advance(HOUR.multipliedBy(3));
    assertThat(alice.history(general)).containsExactly("old");
    faulty.mend();
    awaitSeconds("it is gone", () -> alice.history(general).stream().allMatch(String::isEmpty));
    alice.say(general, "new");
  }

  /** Bob, who has read all there is and has gone. */
  private Participant gone(Participant alice) {
    Participant bob = join(BOB);
    bob.awaitRead(alice.say(alice.general(), "seen"));
    bob.client().close();
    return bob;
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void questionsAreAnsweredWhileTheOutcomeOfACommitIsUnknown() {
    FaultyStorage faulty = faulty();
    Participant alice = join(ALICE);
    ChatId general = alice.general();
    Participant bob = gone(alice);
    faulty.loseAnswers(FaultyStorage.ALL);
    CompletableFuture<Entry> inDoubt = alice.client().send(hello(general));
    // The hub has it before time passes: a second later it would save reading positions, and what
    // comes behind a commit in doubt is refused.
    alice.ask(new Command.Chats());
    awaitSeconds("trouble", () -> failsSince(alice) != null);
    assertThat(alice.ask(new Command.Chats())).hasSize(1);
    assertThat(alice.history(general)).containsExactly("seen");
    Participant again = back(bob);
    assertThat(again.ask(new Command.Members(general))).hasSize(2);
    CompletableFuture<Chat> other = alice.client().create("room");
    awaitSeconds("the other is refused", other::isDone);
    assertRefused(Code.TIMED_OUT, other);
    assertThat(inDoubt).isNotDone();
    assertThat(again.heard().texts()).isEmpty();
    faulty.mend();
    awaitSeconds("it is known", inDoubt::isDone);
    again.heard().awaitTexts("Hello");
    assertThat(alice.history(general)).containsExactly("seen", "Hello");
    awaitWorks(alice);
  }

  @Test
  void whoAskedForWhatIsStillInDoubtIsToldWhenTheHubCloses() {
    FaultyStorage faulty = faulty();
    serve(options -> options.withCloseWithin(INSTANT));
    RawSession alice = raw(ALICE);
    ChatId general = Await.result(alice.call(new Command.Status())).general();
    faulty.loseAnswers(FaultyStorage.ALL);
    CompletableFuture<Entry> inDoubt = alice.call(new Command.Send(hello(general)));
    CompletableFuture<HubStatus> status = alice.call(new Command.Status());
    assertThat(Await.result(status).storageFailsSince()).isNotNull();
    stop();
    // Either says that it isn't known.
    assertThat(Await.code(inDoubt)).isIn(Code.TIMED_OUT, Code.UNREACHABLE);
    faulty.mend();
    restart();
    assertThat(join(BOB).history(general)).containsExactly("Hello");
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void questionsAreAnsweredWhileTheStorageIsSilent() {
    FaultyStorage faulty = faulty();
    Participant alice = join(ALICE);
    ChatId general = alice.general();
    alice.say(general, "before");
    faulty.holdWrites();
    long before = faulty.writes();
    CompletableFuture<Entry> held = alice.client().send(hello(general));
    Await.until("the commit", () -> faulty.writes() > before);
    CompletableFuture<HubStatus> status = alice.client().call(new Command.Status());
    awaitSeconds("the status", status::isDone);
    CompletableFuture<List<Chat>> chats = alice.client().call(new Command.Chats());
    awaitSeconds("the chats", chats::isDone);
    clock.advance(HOUR);
    CompletableFuture<HubStatus> later = alice.client().call(new Command.Status());
    awaitSeconds("the later status", later::isDone);
    assertThat(Await.result(later).storageFailsSince()).isNotNull();
    assertThat(held).isNotDone();
    faulty.mend();
    Await.result(held);
    assertThat(failsSince(alice)).isNull();
    assertThat(alice.history(general)).containsExactly("before", "Hello");
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void whoComesBackToAChatWhileTheStorageIsSilentCountsNothingSaidWithoutHim() {
    FaultyStorage faulty = faulty();
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    ChatId room = alice.create("room");
    alice.admit(room, bob);
    bob.awaitRead(alice.say(room, "seen"));
    assertThat(bob.unread(room)).isZero();
    Await.result(bob.client().leave(room));
    alice.sayAll(room, "one", "two");
    Await.result(alice.client().invite(room, BOB));
    faulty.holdWrites();
    long before = faulty.writes();
    CompletableFuture<Chat> held = bob.client().accept(room);
    Await.until("the commit", () -> faulty.writes() > before);
    CompletableFuture<List<Chat>> chats = bob.client().call(new Command.Chats());
    awaitSeconds("the chats", chats::isDone);
    assertThat(held).isNotDone();
    assertThat(Await.result(chats))
        .filteredOn(chat -> chat.id().equals(room))
        .singleElement()
        .satisfies(chat -> assertThat(chat.unread()).isZero());
    faulty.mend();
    Await.result(held);
    assertThat(bob.unread(room)).isZero();
  }

  /** What is being stored may be that his device is revoked. */
  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void whoComesBackWhileTheStorageIsSilentGetsInAfterwards() {
    FaultyStorage faulty = faulty();
    Participant alice = join(ALICE);
    ChatId general = alice.general();
    Participant bob = gone(alice);
    faulty.holdWrites();
    long before = faulty.writes();
    CompletableFuture<Entry> held = alice.client().send(hello(general));
    Await.until("the commit", () -> faulty.writes() > before);
    Recorder heard = recorder();
    HubClient again = HubClient.join(hub, bob.client().token()).listener(heard).open();
    atTheEnd(again::close);
    CompletableFuture<HubStatus> status = alice.client().call(new Command.Status());
    awaitSeconds("the status", status::isDone);
    assertThat(again.connected()).isNotDone();
    faulty.mend();
    Await.result(again.connected());
    Await.result(held);
    heard.awaitTexts("Hello");
    alice.say(general, "after");
    heard.awaitTexts("after");
  }

  @Test
  void othersAreAnsweredWhileNobodySaysWhatANewcomerSees() {
    FaultyStorage faulty = faulty();
    serve(options -> options.withCloseWithin(INSTANT));
    Participant alice = join(ALICE);
    ChatId general = alice.general();
    alice.say(general, "before");
    alice.client().close();
    restart();
    RawSession known = raw(new Login.Known(alice.client().token()));
    awaitHeldRead(faulty, () -> hub.connect(newcomer(), Map.of(), new RawSession()));
    awaitAnswerAndEnd(known, general);
  }

  private static Login newcomer() {
    return new Login.NewUser(BOB, Token.random());
  }

  @Test
  void othersAreAnsweredWhileNobodySaysWhatIsOverdue() {
    FaultyStorage faulty = faulty();
    serve(options -> options.withCloseWithin(INSTANT).withMessageTtl(HOUR));
    Participant alice = join(ALICE);
    ChatId general = alice.general();
    alice.awaitRead(alice.say(general, "old"));
    RawSession bob = raw(BOB);
    Await.result(bob.call(new Command.MarkRead(general, Cursor.END)));
    awaitHeldRead(faulty, () -> clock.advance(HOUR.multipliedBy(3)));
    awaitAnswerAndEnd(bob, general);
  }

  private static void awaitHeldRead(FaultyStorage faulty, Runnable reading) {
    faulty.holdReads();
    long before = faulty.reads();
    reading.run();
    Await.until("the read", () -> faulty.reads() > before);
  }

  /** The read is held still. */
  private void awaitAnswerAndEnd(RawSession asker, ChatId general) {
    CompletableFuture<?> members = asker.call(new Command.Members(general));
    awaitSeconds("the members", members::isDone);
    assertThat(Await.code(members)).isNull();
    Await.result(Background.run(this::stop));
  }
}
