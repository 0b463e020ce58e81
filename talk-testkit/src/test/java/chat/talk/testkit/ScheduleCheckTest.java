package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.room.Scheduled;
import chat.talk.room.Scheduled.State;
import chat.talk.testkit.Violation.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What {@link HistoryChecker} finds about scheduled messages. */
class ScheduleCheckTest {
  private static final UserName ALICE = UserName.of("alice");
  private static final UserName BOB = UserName.of("bob");
  private static final ChatId GENERAL = ChatId.of("general");
  private static final ChatId ROOM = ChatId.of("room");
  private static final Instant AT = Instant.parse("2026-01-01T00:00:10Z");
  private static final MessageId ID = MessageId.of("1");

  private final HistoryChecker checker = new HistoryChecker("this run");
  private final DeviceHistory alice = checker.device(ALICE, "phone");
  private final List<Entry> log = new ArrayList<>();

  private CompletableFuture<Scheduled> answer(State state) {
    Draft draft = new Draft(ID, GENERAL, "text");
    return CompletableFuture.completedFuture(new Scheduled(ALICE, draft, AT, state, null));
  }

  private static CompletableFuture<Scheduled> refused(Code why) {
    return CompletableFuture.failedFuture(new ChatException(why, "no"));
  }

  private void schedule(ChatId chat, CompletableFuture<Scheduled> answer) {
    alice.scheduled(new Draft(ID, chat, "text"), AT, answer);
  }

  private void add(Event event) {
    Entry entry = new Entry(new Cursor(1, log.size() + 1L), event);
    log.add(entry);
    alice.saw(entry);
  }

  private void send(String text, Instant time) {
    add(new ChatMessage(GENERAL, ID, ALICE, text, time));
  }

  private List<Kind> found() {
    if (!log.isEmpty()) {
      checker.log(log.get(0).event().chat(), log);
    }
    return checker.violations().stream().map(Violation::kind).distinct().toList();
  }

  @Test
  void messageThatIsSentAtItsTimeIsWell() {
    schedule(GENERAL, answer(State.WAITING));
    send("text", AT);
    alice.cancelledAtEnd(ID, answer(State.SENT));

    assertThat(found()).isEmpty();
  }

  @Test
  void messageThatIsCancelledIsWellUntilItAppears() {
    schedule(GENERAL, answer(State.WAITING));
    alice.cancelled(ID, answer(State.CANCELLED));
    alice.cancelledAtEnd(ID, answer(State.CANCELLED));
    assertThat(found()).isEmpty();

    send("text", AT);
    assertThat(found()).containsExactly(Kind.CANCELLED_YET_SENT);
  }

  @Test
  void messageThatIsNeitherSentNorCancelledIsFound() {
    schedule(GENERAL, answer(State.WAITING));

    assertThat(found()).containsExactly(Kind.NOT_SENT);
  }

  @Test
  void messageThatStillWaitsInTheEndIsFound() {
    schedule(ROOM, answer(State.WAITING));
    alice.cancelledAtEnd(ID, answer(State.CANCELLED));

    assertThat(found()).containsExactly(Kind.NOT_SENT);
  }

  @Test
  void messageThatTheHubForgotIsFound() {
    schedule(ROOM, answer(State.WAITING));
    alice.cancelledAtEnd(ID, refused(Code.NOT_FOUND));

    assertThat(found()).containsExactly(Kind.NOT_SENT);
  }

  @Test
  void messageThatWasRefusedWithoutReasonIsFound() {
    schedule(GENERAL, answer(State.WAITING));
    alice.cancelled(ID, answer(State.REFUSED));

    assertThat(found()).containsExactly(Kind.NOT_SENT);
  }

  @Test
  void messageOfWhoHasLeftMayBeRefused() {
    add(new Event.Created(ROOM, MessageId.of("c"), ALICE, AT.minusSeconds(9), "R"));
    schedule(ROOM, answer(State.WAITING));
    alice.cancelledAtEnd(ID, answer(State.REFUSED));
    assertThat(found()).containsExactly(Kind.NOT_SENT);

    add(new Event.Left(ROOM, MessageId.of("l"), BOB, AT.minusSeconds(1), ALICE));
    assertThat(found()).isEmpty();
  }

  @Test
  void messageThatIsSaidToBeSentHasToBeThere() {
    schedule(GENERAL, answer(State.SENT));

    assertThat(found()).containsExactly(Kind.LOST_MESSAGE);
  }

  @Test
  void messageThatWasRefusedMustNotBeThere() {
    schedule(GENERAL, refused(Code.FORBIDDEN));
    send("text", AT);

    assertThat(found()).containsExactly(Kind.REFUSED_YET_STORED);
  }

  @Test
  void messageBeforeItsTimeIsFound() {
    schedule(GENERAL, answer(State.WAITING));
    send("text", AT.minusNanos(1));

    assertThat(found()).containsExactly(Kind.TOO_EARLY);
  }

  @Test
  void eachTextHasItsOwnTime() {
    schedule(GENERAL, answer(State.WAITING));
    alice.rescheduled(ID, "changed", AT.minusSeconds(5), answer(State.WAITING));
    send("changed", AT.minusSeconds(5));
    assertThat(found()).isEmpty();

    alice.rescheduled(ID, "again", AT.plusSeconds(5), answer(State.WAITING));
    log.clear();
    alice.seen.clear();
    send("again", AT);
    assertThat(found()).containsExactly(Kind.TOO_EARLY);
  }

  @Test
  void textThatWasNeverPlannedIsFound() {
    schedule(GENERAL, answer(State.WAITING));
    send("another", AT);

    assertThat(found()).contains(Kind.UNSENT);
  }

  @Test
  void silenceInTheEndIsFound() {
    schedule(GENERAL, refused(Code.TIMED_OUT));
    alice.cancelledAtEnd(ID, new CompletableFuture<>());

    assertThat(found()).containsExactly(Kind.INCOMPLETE);
  }
}
