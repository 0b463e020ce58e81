package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.talk.Capability;
import chat.talk.ChatClient.State;
import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Notice;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.HubClientBuilder;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class RoomConnectTest extends RoomFixture {
  @Test
  void openedClientIsDisconnectedUntilTheHubAnswers() {
    hub.letsIn = false;
    HubClient client = open();
    assertThat(client.state()).isEqualTo(State.DISCONNECTED);
    assertThat(client.connected()).isNotDone();
    hub.last().letIn();
    assertThat(client.state()).isEqualTo(State.CONNECTED);
    executor.run();
    assertThat(client.connected()).isCompleted();
    assertThat(states()).containsExactly(State.CONNECTED);
  }

  @Test
  void clientSaysWhoItIs() {
    HubClient client = open();
    assertThat(client.name()).isEqualTo(BOB);
    assertThat(client.token()).isEqualTo(TOKEN);
    assertThat(client.capabilities()).contains(Capability.ROOMS, Capability.ONE_ORDER);
    assertThat(hub.last().login).isEqualTo(new Login.NewUser(BOB, TOKEN));
  }

  static Stream<Login> logins() {
    return Stream.of(
        new Login.NewUser(BOB, TOKEN),
        new Login.Password(BOB, "pass word", TOKEN),
        new Login.Credential("a JWT", TOKEN),
        new Login.Known(TOKEN));
  }

  @ParameterizedTest
  @MethodSource("logins")
  void deviceThatWasLetInComesBackByItsTokenAlone(Login login) {
    hub.letsIn = false;
    HubClient client = HubClient.join(hub, login).scheduler(clock).executor(executor).open();
    hub.last().refuse(Code.UNREACHABLE);
    comeBack();
    assertThat(hub.last().login).isEqualTo(login);
    hub.last().letIn();
    session().end(Code.UNREACHABLE);
    comeBack();
    assertThat(hub.last().login).isEqualTo(new Login.Known(TOKEN));
    assertThat(client.token()).isEqualTo(TOKEN);
  }

  @Test
  void nameOfATokenIsKnownOnceTheHubTellsIt() {
    hub.letsIn = false;
    HubClient client =
        HubClient.join(hub, TOKEN).scheduler(clock).executor(executor).listener(recorder).open();
    assertThat(catchThrowableOfType(ChatException.class, client::name).code())
        .isEqualTo(Code.UNREACHABLE);
    hub.last().letIn();
    assertThat(client.name()).isEqualTo(BOB);
  }

  @Test
  void startReturnsAConnectedClientThoughNobodyRunsItsExecutor() {
    try (HubClient client = bob().closeWithin(Duration.ofMillis(1)).start()) {
      assertThat(client.state()).isEqualTo(State.CONNECTED);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NAME_TAKEN", "UNREACHABLE", "OVERLOADED", "CLOSED", "INTERNAL"})
  void startThrowsWhateverTheFirstAttemptFailedWith(Code code) {
    hub.letsIn = false;
    HubClientBuilder bob = bob();
    var started = Background.supply(bob::start);
    Await.until("an attempt", () -> !hub.knocks.isEmpty());
    hub.last().refuse(code);
    assertThat(Await.code(started)).isEqualTo(code);
    advance(Duration.ofMinutes(5));
    assertThat(hub.knocks).hasSize(1);
    assertThat(clock.pending()).isZero();
  }

  @Test
  void startGivesUpAHubThatDoesNotAnswer() {
    hub.letsIn = false;
    HubClientBuilder bob = bob().timeout(Duration.ofMillis(20));
    ChatException failure = catchThrowableOfType(ChatException.class, bob::start);
    assertThat(failure.code()).isEqualTo(Code.TIMED_OUT);
    hub.last().letIn();
    assertThat(session().isClosed).isTrue();
    assertThat(clock.pending()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"NAME_TAKEN", "UNAUTHENTICATED", "INVALID", "FORBIDDEN"})
  void refusalEndsTheClientAndAllThatWasAsked(Code code) {
    hub.letsIn = false;
    HubClient client = open();
    var sent = client.send(draft(1));
    var asked = client.chats();
    hub.last().refuse(code);
    executor.run();
    assertThat(client.state()).isEqualTo(State.CLOSED);
    assertThat(Await.code(client.connected())).isEqualTo(code);
    assertThat(Await.code(sent)).isEqualTo(code);
    assertThat(Await.code(asked)).isEqualTo(code);
    assertThat(states()).containsExactly(State.CLOSED);
    assertThat(recorder.awaitState(State.CLOSED).why()).isEqualTo(code);
    advance(Duration.ofMinutes(5));
    assertThat(hub.knocks).hasSize(1);
    assertThat(clock.pending()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"UNREACHABLE", "CLOSED", "OVERLOADED", "STORAGE", "TIMED_OUT", "INTERNAL"})
  void failureThatMayPassIsTriedAgain(Code code) {
    hub.letsIn = false;
    HubClient client = open();
    hub.last().refuse(code);
    hub.letsIn = true;
    comeBack();
    assertThat(client.state()).isEqualTo(State.CONNECTED);
    assertThat(hub.knocks).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNREACHABLE", "CLOSED", "FORBIDDEN"})
  void sessionThatEndsIsFollowedByAnother(Code code) {
    HubClient client = open();
    session().end(code);
    executor.run();
    assertThat(client.state()).isEqualTo(State.DISCONNECTED);
    comeBack();
    assertThat(client.state()).isEqualTo(State.CONNECTED);
    assertThat(recorder.notices())
        .containsExactly(
            new Notice.StateChanged(State.CONNECTED),
            new Notice.StateChanged(State.DISCONNECTED, code, "ended by the test"),
            new Notice.StateChanged(State.CONNECTED));
  }

  @ParameterizedTest
  @EnumSource(names = {"CONFLICT", "UNAUTHENTICATED"})
  void sessionThatWasTakenAwayEndsTheClient(Code code) {
    HubClient client = open();
    var sent = client.send(draft(1));
    session().end(code);
    executor.run();
    assertThat(client.state()).isEqualTo(State.CLOSED);
    assertThat(Await.code(sent)).isEqualTo(code);
    var later = client.send(draft(2));
    executor.run();
    assertThat(Await.code(later)).isEqualTo(code);
    assertThat(recorder.notices())
        .containsExactly(
            new Notice.StateChanged(State.CONNECTED),
            new Notice.StateChanged(State.CLOSED, code, "ended by the test"));
    assertThat(clock.pending()).isZero();
  }

  @Test
  void attemptsComeAtGrowingPausesOfAnyLengthUpToALimit() {
    hub.letsIn = false;
    open();
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      pauses.add(pauseAfterRefusal());
    }
    for (int i = 0; i < 7; i++) {
      assertThat(pauses.get(i)).isLessThanOrEqualTo(Duration.ofMillis(100L << i).plusMillis(10));
    }
    assertThat(pauses).allMatch(pause -> pause.compareTo(PAUSE.plusMillis(10)) <= 0);
    assertThat(pauses).anyMatch(pause -> pause.compareTo(Duration.ofSeconds(9)) > 0);
    assertThat(pauses.subList(7, 200))
        .anyMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) < 0);
  }

  private Duration pauseAfterRefusal() {
    int before = hub.knocks.size();
    hub.last().refuse(Code.UNREACHABLE);
    Instant from = clock.now();
    while (hub.knocks.size() == before) {
      advance(Duration.ofMillis(10));
    }
    return Duration.between(from, clock.now());
  }

  @Test
  void hubThatIsAboutToGoSaysWhenToComeBack() {
    open();
    session().feed(new Notice.GoingAway("update", Duration.ofSeconds(40)));
    executor.run();
    session().end(Code.CLOSED);
    advance(Duration.ofMillis(39_999));
    assertThat(hub.knocks).hasSize(1);
    advance(Duration.ofMillis(1));
    assertThat(hub.knocks).hasSize(2);
  }

  @Test
  void hubKeepsNoClientAwayForLongerThanADay() {
    open();
    session().feed(new Notice.GoingAway("for ever", Duration.ofSeconds(Long.MAX_VALUE)));
    executor.run();
    session().end(Code.CLOSED);
    advance(Duration.ofDays(1).minusMillis(1));
    assertThat(hub.knocks).hasSize(1);
    advance(Duration.ofMillis(1));
    assertThat(hub.knocks).hasSize(2);
  }

  @Test
  void timeToComeBackCountsAlsoWhenItIsHeardAfterTheEnd() {
    open();
    session().feed(new Notice.GoingAway("update", Duration.ofSeconds(40)));
    session().end(Code.CLOSED);
    executor.run();
    advance(Duration.ofMillis(39_999));
    assertThat(hub.knocks).hasSize(1);
    advance(Duration.ofMillis(1));
    assertThat(hub.knocks).hasSize(2);
    assertThat(recorder.notices()).anyMatch(Notice.GoingAway.class::isInstance);
  }

  @Test
  void attemptWithoutAnAnswerIsGivenUpAndItsSessionClosedWhenItComesAfterAll() {
    hub.letsIn = false;
    HubClient client = open();
    advance(TIMEOUT);
    hub.letsIn = true;
    comeBack();
    assertThat(client.state()).isEqualTo(State.CONNECTED);
    hub.knock(0).letIn();
    assertThat(hub.knock(0).session.isClosed).isTrue();
    assertThat(hub.knock(1).session.isClosed).isFalse();
  }

  @Test
  void sessionThatAStrayAttemptOfTheSameClientShutIsFollowedByAnother() {
    hub.letsIn = false;
    HubClient client = open();
    advance(TIMEOUT);
    hub.letsIn = true;
    comeBack();
    hub.knock(1).session.end(Code.CONFLICT);
    hub.knock(0).letIn();
    comeBack();
    assertThat(client.state()).isEqualTo(State.CONNECTED);
    session().end(Code.CONFLICT);
    assertThat(client.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void answerToAStrayAttemptMayOvertakeTheEndOfTheSessionThatItShut() {
    hub.letsIn = false;
    HubClient client = open();
    advance(TIMEOUT);
    hub.letsIn = true;
    comeBack();
    advance(TIMEOUT.plus(PAUSE));
    hub.knock(0).letIn();
    advance(TIMEOUT.plus(PAUSE));
    hub.knock(1).session.end(Code.CONFLICT);
    comeBack();
    assertThat(client.state()).isEqualTo(State.CONNECTED);
    session().end(Code.CONFLICT);
    assertThat(client.state()).isEqualTo(State.CLOSED);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNREACHABLE", "TIMED_OUT", "CLOSED"})
  void attemptThatBrokeMayStillReachTheHubAndShutTheNextOnesSession(Code code) {
    hub.letsIn = false;
    HubClient client = open();
    hub.knock(0).refuse(code);
    hub.letsIn = true;
    comeBack();
    session().end(Code.CONFLICT);
    comeBack();
    assertThat(client.state()).isEqualTo(State.CONNECTED);
    session().end(Code.CONFLICT);
    assertThat(client.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void strayAttemptThatIsNeverAnsweredExcusesNoConflictForEver() {
    hub.letsIn = false;
    HubClient client = open();
    advance(TIMEOUT);
    hub.letsIn = true;
    comeBack();
    advance(TIMEOUT.multipliedBy(2));
    session().end(Code.CONFLICT);
    assertThat(client.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void sessionThatEndedBeforeItCameIsFollowedByAnother() {
    hub.letsIn = false;
    HubClient client = open();
    hub.last().session.end(Code.UNREACHABLE);
    hub.last().letIn();
    assertThat(client.state()).isEqualTo(State.DISCONNECTED);
    hub.letsIn = true;
    comeBack();
    assertThat(client.state()).isEqualTo(State.CONNECTED);
  }

  @Test
  void hubThatThrowsIsTriedAgain() {
    AtomicInteger attempts = new AtomicInteger();
    Hub spoilt =
        new ForwardingHub() {
          @Override
          protected Hub target() {
            return hub;
          }

          @Override
          public CompletableFuture<Session> connect(
              Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
            if (attempts.incrementAndGet() < 3) {
              new Throwing<>(attempts.get() == 2).run();
            }
            return super.connect(login, resume, listener);
          }

          @Override
          public void close() {}
        };
    HubClient client = HubClient.join(spoilt, TOKEN).scheduler(clock).executor(executor).open();
    advance(PAUSE);
    assertThat(client.state()).isEqualTo(State.CONNECTED);
    assertThat(attempts).hasValue(3);
  }

  @Test
  void sessionThatDoesNotSayWhoseItIsIsLeft() {
    hub.letsIn = false;
    HubClient client = open();
    session().throwsAtUser = true;
    hub.last().letIn();
    assertThat(hub.knock(0).session.isClosed).isTrue();
    assertThat(client.state()).isEqualTo(State.DISCONNECTED);
    hub.letsIn = true;
    comeBack();
    assertThat(client.state()).isEqualTo(State.CONNECTED);
  }

  @Test
  void startThrowsWhenTheSessionDoesNotSayWhoseItIs() {
    hub.letsIn = false;
    HubClientBuilder bob = bob();
    var started = Background.supply(bob::start);
    Await.until("an attempt", () -> !hub.knocks.isEmpty());
    session().throwsAtUser = true;
    hub.last().letIn();
    assertThat(Await.code(started)).isEqualTo(Code.BAD_ANSWER);
  }

  @Test
  void applicationsOwnPlacesAreToldToTheHub() {
    Map<ChatId, Cursor> places = Map.of(CHAT, place(4), OTHER, Cursor.START);
    bob().resumeFrom(places).open();
    assertThat(hub.last().resume).isEqualTo(places);
  }

  @Test
  void stuckListenerIsNotToldOfEveryBreak() {
    HubClient client = bob().open();
    for (int i = 0; i < 10; i++) {
      session().end(Code.UNREACHABLE);
      clock.advance(PAUSE);
    }
    assertThat(client.state()).isEqualTo(State.CONNECTED);
    executor.run();
    assertThat(states()).hasSizeLessThanOrEqualTo(2).endsWith(State.CONNECTED);
  }
}
