package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.room.Command;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The part of {@link HubContract} about G10: bad input gets a clear error and changes nothing. */
abstract class HubInputContract extends HubOutboxContract {
  private static final MessageKey KEY = new MessageKey(ALICE, MessageId.of("1"));
  private static final String HUGE = "x".repeat(3_000_000);
  private static final String HALF = "half \uD83D";

  static List<Command<?>> badLimits() {
    return Stream.of(0, -1, Integer.MIN_VALUE)
        .<Command<?>>flatMap(
            limit ->
                Stream.of(
                    new Command.ReadAfter(ROOM, Cursor.START, limit),
                    new Command.ReadBefore(ROOM, Cursor.END, limit),
                    new Command.Comments(KEY, Cursor.START, limit),
                    new Command.Audit(Cursor.END, limit)))
        .toList();
  }

  static List<Command<?>> badTexts() {
    return List.of(
        new Command.Create(ChatId.of("other"), HUGE),
        new Command.Create(ChatId.of("other"), HALF),
        new Command.Rename(ROOM, HUGE),
        new Command.Rename(ROOM, HALF),
        new Command.SetPassword(HUGE),
        new Command.SetPassword(HALF),
        new Command.Edit(KEY.id(), HALF),
        new Command.Edit(KEY.id(), HUGE),
        new Command.Reschedule(MessageId.of("later"), HALF, Instant.EPOCH),
        new Command.Reschedule(MessageId.of("later"), HUGE, Instant.EPOCH),
        new Command.Send(new Draft(MessageId.of("2"), ROOM, HUGE)),
        new Command.Schedule(new Draft(MessageId.of("2"), ROOM, HUGE), Instant.EPOCH),
        new Command.ReportMessage(new MessageKey(BOB, MessageId.of("1")), HUGE),
        new Command.ReportMessage(new MessageKey(BOB, MessageId.of("1")), HALF),
        new Command.BanUser(BOB, Instant.parse("2100-01-01T00:00:00Z"), HUGE),
        new Command.Unban(BOB, HUGE),
        new Command.RevokeLink(ROOM, HUGE),
        new Command.RevokeLink(ROOM, HALF),
        new Command.RevokeLink(ROOM, ""),
        new Command.RevokeDevice(HUGE),
        new Command.RevokeDevice(HALF),
        new Command.RevokeDevice(""));
  }

  static List<Command<?>> missingParts() {
    return List.of(
        new Command.Send(null),
        new Command.Edit(null, "text"),
        new Command.Edit(KEY.id(), null),
        new Command.Erase(null),
        new Command.Find(null),
        new Command.ReadAfter(null, Cursor.START, 1),
        new Command.ReadAfter(ROOM, null, 1),
        new Command.ReadBefore(ROOM, null, 1),
        new Command.Comments(KEY, null, 1),
        new Command.Comments(null, Cursor.START, 1),
        new Command.MarkRead(ROOM, null),
        new Command.MarkRead(null, Cursor.START),
        new Command.Create(null, "title"),
        new Command.Create(ChatId.of("other"), null),
        new Command.Rename(ROOM, null),
        new Command.HandOver(ROOM, null),
        new Command.Close(null),
        new Command.Leave(null),
        new Command.Remove(ROOM, null),
        new Command.Members(null),
        new Command.Invite(ROOM, null),
        new Command.Uninvite(ROOM, null),
        new Command.Accept(null),
        new Command.Decline(null),
        new Command.CreateLink(ROOM, null, HOUR, 1),
        new Command.CreateLink(ROOM, LINK, null, 1),
        new Command.Links(null),
        new Command.RevokeLink(ROOM, null),
        new Command.Knock(null),
        new Command.Requests(null),
        new Command.Approve(ROOM, null),
        new Command.Reject(ROOM, null),
        new Command.AddDevice(null),
        new Command.RevokeDevice(null),
        new Command.SetPassword(null),
        new Command.Schedule(null, Instant.EPOCH),
        new Command.Schedule(Draft.of(ROOM, "text"), null),
        new Command.Reschedule(null, "text", Instant.EPOCH),
        new Command.Reschedule(MessageId.of("later"), null, Instant.EPOCH),
        new Command.Reschedule(MessageId.of("later"), "text", null),
        new Command.Cancel(null),
        new Command.ReportMessage(null, "reason"),
        new Command.ReportMessage(new MessageKey(BOB, MessageId.of("1")), null),
        new Command.Reports(null),
        new Command.BanUser(null, Instant.EPOCH, "reason"),
        new Command.BanUser(BOB, null, "reason"),
        new Command.BanUser(BOB, Instant.EPOCH, null),
        new Command.Unban(null, "reason"),
        new Command.Unban(BOB, null),
        new Command.Audit(null, 1),
        new Command.Type(null, true));
  }

  @ParameterizedTest
  @MethodSource("badLimits")
  void badLimitIsRefused(Command<?> command) {
    assertChangesNothing(command, Code.INVALID);
  }

  @Test
  void badTextIsRefused() {
    Situation situation = new Situation();
    badTexts().forEach(c -> situation.refuse(c, Code.INVALID, Code.TOO_LARGE, Code.NOT_FOUND));
  }

  @Test
  void commandThatLacksAPartIsRefused() {
    Situation situation = new Situation();
    missingParts().forEach(command -> situation.refuse(command, Code.INVALID));
    situation.refuse(null, Code.INVALID);
  }

  @Test
  void hugeLimitGivesAPage() {
    Participant alice = join(ALICE);
    alice.sayAll(alice.general(), "1", "2", "3");
    int limit = Integer.MAX_VALUE;
    Page forwards = alice.ask(new Command.ReadAfter(alice.general(), Cursor.START, limit));
    Page backwards = alice.ask(new Command.ReadBefore(alice.general(), Cursor.END, limit));
    assertThat(said(forwards)).isEqualTo(said(backwards)).containsExactly("1", "2", "3");
  }

  @Test
  void farthestTimesBreakNothing() {
    serve(options -> options.withAdministrators(ALICE));
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    for (Instant time : List.of(Instant.MAX, Instant.MIN)) {
      assertNoFault(alice.refusal(new Command.BanUser(BOB, time, "for ever")));
      assertNoFault(bob.refusal(new Command.Schedule(Draft.of(BOB, "never"), time)));
      assertNoFault(alice.refusal(new Command.Unban(BOB, "but no")));
    }
    clock.advance(HOUR);
    restart();
    alice.say(alice.general(), "all is well");
    bob.heard().awaitTexts("all is well");
  }

  @Test
  void placesThatWereNeverGivenOutBreakNothing() {
    Participant alice = join(ALICE);
    Entry entry = alice.say(alice.general(), "only");
    List<Cursor> odd =
        List.of(
            new Cursor(0, 5),
            new Cursor(Long.MAX_VALUE, Long.MAX_VALUE),
            new Cursor(entry.cursor().epoch(), Long.MAX_VALUE),
            new Cursor(entry.cursor().epoch(), 0));
    for (Cursor place : odd) {
      ChatId general = alice.general();
      assertNoFault(alice.refusal(new Command.ReadAfter(general, place, 9)));
      assertNoFault(alice.refusal(new Command.ReadBefore(general, place, 9)));
      assertNoFault(alice.refusal(new Command.Comments(Participant.key(entry), place, 9)));
      assertNoFault(alice.refusal(new Command.Acknowledge(Map.of(general, place), false)));
    }
    Participant bob = join(BOB);
    alice.say(alice.general(), "next");
    bob.heard().awaitTexts("only", "next");
  }

  private static void assertNoFault(@Nullable Code code) {
    assertThat(code).isIn(null, Code.INVALID, Code.NOT_FOUND);
  }

  private void assertChangesNothing(Command<?> command, Code... allowed) {
    new Situation().refuse(command, allowed);
  }

  /** Alice, an administrator with a room, a message and a scheduled one, and bob with a message. */
  private final class Situation {
    private final Participant alice;
    private final List<Entry> log;

    Situation() {
      serve(options -> options.withAdministrators(ALICE));
      alice = join(ALICE);
      Participant bob = room(alice);
      for (Participant one : List.of(alice, bob)) {
        Await.result(one.client().send(new Draft(MessageId.of("1"), ROOM, "untouched")));
      }
      Draft later = new Draft(MessageId.of("later"), ROOM, "later");
      alice.ask(new Command.Schedule(later, clock.now().plus(HOUR)));
      log = alice.log(ROOM);
    }

    void refuse(@Nullable Command<?> command, Code... allowed) {
      assertThat(code(command)).as("%s", name(command)).isIn((Object[]) allowed);
      assertThat(alice.log(ROOM)).isEqualTo(log);
      assertThat(alice.ask(new Command.Chats())).hasSize(2);
      assertThat(alice.ask(new Command.Schedules())).hasSize(1);
      assertThat(alice.ask(new Command.Bans())).isEmpty();
    }

    private @Nullable Code code(@Nullable Command<?> command) {
      try {
        CompletableFuture<?> answer = alice.client().call(command);
        return Await.code(answer);
      } catch (ChatException e) {
        return e.code();
      } catch (NullPointerException e) {
        return Code.INVALID;
      }
    }

    private static String name(@Nullable Command<?> command) {
      String shown = String.valueOf(command);
      return shown.substring(0, Math.min(100, shown.length()));
    }
  }
}
