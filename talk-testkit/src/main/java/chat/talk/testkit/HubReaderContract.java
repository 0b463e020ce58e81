package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Feed;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.Login;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The part of {@link HubContract} about slow readers (G6) and about shutting down (G7). */
abstract class HubReaderContract extends HubAskContract {
  private static final int MANY = 300;

  /** All together are more than any network would carry at once. */
  private static final int LARGE_TEXTS = 8;

  private static final int LARGE = 900_000;

  @Test
  void stuckListenerDelaysNobodyAndGetsAllLater() {
    Participant alice = join(ALICE);
    Participant carol = join(CAROL);
    Recorder bobs = recorder();
    StuckListener stuck = new StuckListener(bobs);
    start(HubClient.join(hub, "bob"), stuck);
    atTheEnd(stuck::release);
    String[] texts = numbered(MANY);
    alice.say(alice.general(), texts[0]);
    stuck.awaitStuck();
    for (int i = 1; i < MANY; i++) {
      alice.say(alice.general(), texts[i]);
    }
    carol.heard().awaitTexts(texts);
    assertThat(bobs.texts()).isEmpty();
    stuck.release();
    bobs.awaitTexts(texts);
  }

  @Test
  void clientThatNeverReadsDelaysNobodyAndGetsAllLater() {
    Participant alice = join(ALICE);
    RawSession silent = raw(BOB);
    Participant carol = join(CAROL);
    String[] texts = numbered(MANY);
    List<CompletableFuture<Entry>> sends =
        List.of(texts).stream().map(text -> alice.client().send(alice.general(), text)).toList();
    sends.forEach(Await::result);
    carol.heard().awaitTexts(texts);
    assertThat(silent.awaitTexts(MANY)).containsExactly(texts);
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void largeTextsReachWhoComesLaterHoweverManyThereAre() {
    Participant alice = join(ALICE);
    String large = "\u8A9E".repeat(LARGE);
    for (int i = 0; i < LARGE_TEXTS; i++) {
      transferred(alice.client().send(alice.general(), i + large));
    }
    Participant bob = join(BOB);
    Await.until(patience(), () -> "all have come", () -> bob.heard().texts().size() == LARGE_TEXTS);
    assertThat(bob.heard().texts()).allMatch(text -> text.length() == LARGE + 1);
    assertThat(bob.messages(alice.general())).hasSize(LARGE_TEXTS);
  }

  @Test
  void onePollGivesNoMoreThanAChunkOrTwo() {
    RawSession alice = raw(ALICE);
    ChatId general = Await.result(alice.call(new Command.Status())).general();
    RawSession bob = raw(BOB);
    String[] texts = numbered(10 * MANY);
    sendAll(alice, general, texts).forEach(Await::result);
    Feed feed = bob.session.poll(1);
    assertThat(feed.chunks()).hasSizeLessThan(3);
    bob.take(feed);
    assertThat(bob.texts()).hasSizeLessThan(texts.length);
    assertThat(bob.awaitTexts(texts.length)).containsExactly(texts);
  }

  @Test
  void whoHasTakenAllIsToldOnceThereIsMore() {
    RawSession alice = raw(ALICE);
    ChatId general = Await.result(alice.call(new Command.Status())).general();
    RawSession bob = raw(BOB);
    for (int count = 1; count <= MANY; count++) {
      Await.result(alice.call(new Command.Send(Draft.of(general, "message " + (count - 1)))));
      assertThat(bob.awaitTextsWhenTold(count)).hasSize(count);
    }
    assertThat(bob.texts()).containsExactly(numbered(MANY));
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void everyClientIsToldThatTheHubGoesAway() {
    Duration window = Duration.ofMillis(200);
    serve(options -> options.withReconnectWindow(window));
    List<Participant> all = IntStream.range(0, 20).mapToObj(i -> join(user(i))).toList();
    stop();
    Set<Duration> delays = all.stream().map(one -> delay(one, window)).collect(Collectors.toSet());
    assertThat(delays).hasSizeGreaterThan(1);
  }

  private static Duration delay(Participant one, Duration window) {
    Notice.GoingAway notice = one.heard().awaitNotice(Notice.GoingAway.class);
    assertThat(notice.reason()).isNotBlank();
    assertThat(notice.reconnectAfter()).isBetween(Duration.ZERO, window);
    return notice.reconnectAfter();
  }

  @Test
  void sessionsEndWithTheHub() {
    RawSession alice = raw(ALICE);
    CompletableFuture<Void> stopped = Background.run(this::stop);
    alice.pollUntil("the notice", () -> !alice.notices.isEmpty());
    assertThat(alice.notices).singleElement().isInstanceOf(Notice.GoingAway.class);
    assertThat(alice.endCode()).isEqualTo(Code.CLOSED);
    Await.result(stopped);
  }

  @RepeatedTest(5)
  void whatWasAskedIsAnsweredBeforeTheEnd() {
    Login login = newUser(ALICE);
    RawSession alice = raw(login);
    ChatId general = Await.result(alice.call(new Command.Status())).general();
    List<CompletableFuture<Entry>> sends = sendAll(alice, general, numbered(MANY));
    Await.result(sends.get(0));
    CompletableFuture<Void> ended = opened().shutDown("the end");
    alice.pollUntil("the end", alice.end::isDone);
    Await.result(ended);
    List<Entry> stored = sends.stream().filter(this::wasAnswered).map(Await::result).toList();
    restart();
    List<Entry> log = join(HubClient.join(hub, login.token())).log(general);
    assertThat(alice.endCode()).isEqualTo(Code.CLOSED);
    assertThat(log.stream().filter(entry -> entry.event() instanceof ChatMessage))
        .as("what was stored")
        .containsExactlyElementsOf(stored);
  }

  /** What had not reached the hub when it ended may be asked again; all else is answered. */
  private boolean wasAnswered(CompletableFuture<Entry> send) {
    Code refusal = Await.code(send);
    if (refusal != null && isBehindANetwork()) {
      assertThat(refusal).isEqualTo(Code.UNREACHABLE);
      return false;
    }
    assertThat(refusal).isNull();
    return true;
  }

  @Test
  void clientThatReadsNothingDoesNotKeepTheHubOpen() {
    serve(options -> options.withCloseWithin(Duration.ofMillis(300)));
    RawSession silent = raw(ALICE);
    CompletableFuture<Void> stopped = Background.run(this::stop);
    Await.until(
        "the end",
        () -> {
          clock.advance(Duration.ofMillis(50));
          return stopped.isDone();
        });
    Await.result(stopped);
    assertThat(silent.endCode()).isEqualTo(Code.CLOSED);
  }

  @Test
  void closedHubLetsNobodyIn() {
    Participant alice = join(ALICE);
    alice.client().close();
    Hub closed = opened();
    stop();
    closed.close();
    assertRefused(Code.CLOSED, closed.connect(newUser(BOB), Map.of(), new RawSession()));
  }

  @Test
  void messagesUnderWayAreSentOnceOverARestart() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    ChatId general = alice.general();
    String[] texts = numbered(MANY);
    List<CompletableFuture<Entry>> sends =
        List.of(texts).stream().map(text -> alice.client().send(general, text)).toList();
    restart();
    sends.forEach(Await::result);
    bob.heard().awaitTexts(texts);
    assertThat(bob.history(general)).containsExactly(texts);
  }

  @Test
  void strangerWhoComesWhileTheHubIsDownGetsInLater() {
    join(ALICE);
    stop();
    HubClient bob = HubClient.join(hub, "bob").open();
    atTheEnd(bob::close);
    assertThat(bob.connected()).isNotDone();
    restart();
    Await.result(bob.connected());
    assertThat(bob.name()).isEqualTo(UserName.of("bob"));
  }

  private static List<CompletableFuture<Entry>> sendAll(
      RawSession author, ChatId chat, String[] texts) {
    return Stream.of(texts)
        .map(text -> author.call(new Command.Send(Draft.of(chat, text))))
        .toList();
  }

  static String[] numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "message " + i).toArray(String[]::new);
  }
}
