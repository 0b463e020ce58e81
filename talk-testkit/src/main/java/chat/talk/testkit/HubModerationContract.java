package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Notice;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.room.Ban;
import chat.talk.room.Command;
import chat.talk.room.HubStatus;
import chat.talk.room.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The part of {@link HubContract} about reports and bans. */
abstract class HubModerationContract extends HubCancelContract {
  private static final Duration BAN = Duration.ofHours(4);
  private static final Duration WINDOW = Duration.ofHours(24);
  private static final UserName ADMIN = UserName.of("admin");

  static List<Command<?>> administratorsCommands() {
    return List.of(
        new Command.Bans(),
        new Command.Reports(ALICE),
        new Command.BanUser(ALICE, Instant.parse("2100-01-01T00:00:00Z"), "because"),
        new Command.Unban(ALICE, "because"),
        new Command.Audit(Cursor.END, 10),
        new Command.Connections(),
        new Command.Check(1),
        new Command.Disconnect(1));
  }

  @ParameterizedTest
  @MethodSource("administratorsCommands")
  void onlyAdministratorsDecide(Command<?> command) {
    serve(options -> options.withAdministrators(ADMIN));
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    assertThat(bob.refusal(command)).isEqualTo(Code.FORBIDDEN);
    alice.say(alice.general(), "still here");
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void threeReportsOfDifferentUsersBan() {
    Participant alice = join(ALICE);
    Entry spam = alice.say(alice.general(), "spam");
    report(spam, BOB, CAROL);
    alice.say(alice.general(), "not yet");
    clock.advance(HOUR);
    report(spam, DAVE);
    Instant until = clock.now().plus(BAN);
    alice.isTold(new Notice.Banned(until));
    ChatException refusal = Await.failure(alice.client().send(alice.general(), "more spam"));
    assertThat(refusal.code()).isEqualTo(Code.BANNED);
    assertThat(refusal.retryAt()).contains(until);
    assertThat(alice.ask(new Command.Status()).bannedUntil()).isEqualTo(until);
    assertThat(alice.history(alice.general())).containsExactly("spam", "not yet");
  }

  @Test
  void threeReportsOfOneUserDoNotBan() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    for (int i = 0; i < 3; i++) {
      Entry spam = alice.say(alice.general(), "spam " + i);
      bob.ask(new Command.ReportMessage(Participant.key(spam), "spam"));
    }
    alice.say(alice.general(), "still here");
  }

  @Test
  void reportsOfDifferentMessagesCountTogether() {
    Participant alice = join(ALICE);
    report(alice.say(alice.general(), "1"), BOB);
    report(alice.say(alice.general(), "2"), CAROL);
    report(alice.say(alice.general(), "3"), DAVE);
    assertBanned(alice);
  }

  @Test
  void reportedAgainCountsOnce() {
    serve(options -> options.withAdministrators(ADMIN));
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Command.ReportMessage report =
        new Command.ReportMessage(Participant.key(alice.say(alice.general(), "spam")), "spam");
    bob.ask(report);
    clock.advance(HOUR);
    bob.ask(report);
    assertThat(alice.ask(new Command.Status()).reports()).isEqualTo(1);
    assertThat(join(ADMIN).ask(new Command.Reports(ALICE)))
        .singleElement()
        .extracting(Report::by, Report::message, Report::reason)
        .containsExactly(BOB, report.message(), "spam");
  }

  @Test
  void reportsThatAreTooFarApartDoNotBan() {
    Participant alice = join(ALICE);
    Entry spam = alice.say(alice.general(), "spam");
    report(spam, BOB, CAROL);
    clock.advance(WINDOW.plus(TICK));
    report(spam, DAVE);
    alice.say(alice.general(), "still here");
  }

  @Test
  void reportsThatAreJustCloseEnoughBan() {
    Participant alice = join(ALICE);
    Entry spam = alice.say(alice.general(), "spam");
    report(spam, BOB, CAROL);
    clock.advance(WINDOW);
    report(spam, DAVE);
    assertBanned(alice);
  }

  @Test
  void reportsOutliveARestart() {
    Participant alice = join(ALICE);
    Entry spam = alice.say(alice.general(), "spam");
    report(spam, BOB, CAROL);
    restart();
    report(spam, DAVE);
    assertBanned(alice);
  }

  @Test
  void banEndsAtItsTime() {
    Participant alice = banned();
    clock.advance(BAN.minus(TICK));
    assertBanned(alice);
    clock.advance(TICK);
    alice.say(alice.general(), "I am back");
    assertThat(alice.ask(new Command.Status()).bannedUntil()).isNull();
  }

  @Test
  void banOutlivesARestart() {
    Participant alice = banned();
    HubStatus before = alice.ask(new Command.Status());
    restart();
    assertThat(alice.ask(new Command.Status()).bannedUntil()).isEqualTo(before.bannedUntil());
    assertBanned(alice);
  }

  @Test
  void bannedUserReadsButSaysNothingAnywhere() {
    Participant alice = join(ALICE);
    Entry direct = alice.say(ALICE, "note");
    Entry spam = alice.say(alice.general(), "spam");
    report(spam, BOB, CAROL, DAVE);
    assertRefused(Code.BANNED, alice.client().send(BOB, "private spam"));
    assertRefused(Code.BANNED, alice.client().send(direct.event().chat(), "note"));
    assertRefused(Code.BANNED, alice.client().comment(Participant.message(spam), "comment"));
    assertThat(alice.refusal(new Command.Edit(spam.event().id(), "ads"))).isEqualTo(Code.BANNED);
    join(UserName.of("eve")).say(alice.general(), "Hello");
    alice.heard().awaitTexts("Hello");
    assertThat(alice.history(alice.general())).containsExactly("spam", "Hello");
  }

  @Test
  void ownAndUnknownMessagesAreNotReported() {
    Participant alice = join(ALICE);
    MessageKey own = Participant.key(alice.say(alice.general(), "mine"));
    assertThat(alice.refusal(new Command.ReportMessage(own, "bad"))).isEqualTo(Code.INVALID);
    MessageKey unknown = new MessageKey(ALICE, MessageId.random());
    assertThat(join(BOB).refusal(new Command.ReportMessage(unknown, "bad")))
        .isEqualTo(Code.NOT_FOUND);
    assertThat(alice.ask(new Command.Status()).reports()).isZero();
  }

  @Test
  void reasonHasALimit() {
    Participant alice = join(ALICE);
    MessageKey spam = Participant.key(alice.say(alice.general(), "spam"));
    Participant bob = join(BOB);
    String longest = "x".repeat(Command.MAX_REASON);
    assertThat(bob.refusal(new Command.ReportMessage(spam, longest + "x"))).isEqualTo(Code.INVALID);
    bob.ask(new Command.ReportMessage(spam, longest));
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void administratorBansAndUndoesIt() {
    serve(options -> options.withAdministrators(ADMIN));
    Participant admin = join(ADMIN);
    Participant alice = join(ALICE);
    Instant until = clock.now().plus(HOUR);
    admin.ask(new Command.BanUser(ALICE, until, "spam"));
    alice.isTold(new Notice.Banned(until));
    assertThat(admin.ask(new Command.Bans())).containsExactly(new Ban(ALICE, until));
    assertBanned(alice);
    admin.ask(new Command.Unban(ALICE, "a mistake"));
    alice.say(alice.general(), "thanks");
    assertThat(admin.ask(new Command.Bans())).isEmpty();
    Await.until("the end of the ban is told", () -> bansTold(alice) == 2);
  }

  private static long bansTold(Participant user) {
    return user.heard().notices().stream().filter(Notice.Banned.class::isInstance).count();
  }

  @Test
  void reportsThatWereUndoneDoNotCount() {
    serve(options -> options.withAdministrators(ADMIN));
    Participant alice = join(ALICE);
    Entry spam = alice.say(alice.general(), "not so bad");
    report(spam, BOB, CAROL, DAVE);
    Participant admin = join(ADMIN);
    admin.ask(new Command.Unban(ALICE, "not so bad"));
    assertThat(admin.ask(new Command.Reports(ALICE))).isEmpty();
    report(spam, UserName.of("eve"), UserName.of("frank"));
    alice.say(alice.general(), "still here");
    report(spam, UserName.of("grace"));
    assertBanned(alice);
  }

  @Test
  void reportsThatLedToABanDoNotLeadToAnother() {
    Participant alice = banned();
    clock.advance(BAN);
    Entry again = alice.say(alice.general(), "spam again");
    report(again, UserName.of("eve"), UserName.of("frank"));
    alice.say(alice.general(), "still here");
    report(again, UserName.of("grace"));
    assertBanned(alice);
  }

  @Test
  void howOftenSomebodyWasReportedOutlivesHisBan() {
    Participant alice = banned();
    assertThat(alice.ask(new Command.Status()).reports()).isEqualTo(3);
    clock.advance(BAN);
    report(alice.say(alice.general(), "spam again"), UserName.of("eve"));
    HubStatus after = alice.ask(new Command.Status());
    assertThat(after.bannedUntil()).isNull();
    assertThat(after.reports()).isEqualTo(4);
    restart();
    assertThat(alice.ask(new Command.Status()).reports()).isEqualTo(4);
  }

  @Test
  void decisionsAreInTheAuditLog() {
    serve(options -> options.withAdministrators(ADMIN));
    banned();
    Participant admin = join(ADMIN);
    admin.ask(new Command.Unban(ALICE, "a mistake"));
    admin.ask(new Command.BanUser(BOB, clock.now().plus(HOUR), "revenge"));
    restart();
    List<Event.Decided> log = decisions(admin.ask(new Command.Audit(Cursor.END, 10)));
    assertThat(log).extracting(Event.Decided::action).containsExactly("BAN", "UNBAN", "BAN");
    assertThat(log).extracting(Event.Decided::subject).containsExactly(ALICE, ALICE, BOB);
    assertThat(log.get(1).author()).isEqualTo(ADMIN);
    assertThat(log.get(1).reason()).contains("a mistake");
    assertThat(log.get(0).author()).isNotEqualTo(ADMIN);
  }

  @Test
  void auditLogIsReadAPageAtATime() {
    serve(options -> options.withAdministrators(ADMIN));
    join(ALICE);
    Participant admin = join(ADMIN);
    admin.ask(new Command.BanUser(ALICE, clock.now().plus(HOUR), "one"));
    admin.ask(new Command.Unban(ALICE, "two"));
    Page newest = admin.ask(new Command.Audit(Cursor.END, 1));
    assertThat(decisions(newest)).extracting(Event.Decided::action).containsExactly("UNBAN");
    Page older = admin.ask(new Command.Audit(newest.next(), 1));
    assertThat(decisions(older)).extracting(Event.Decided::action).containsExactly("BAN");
  }

  @Test
  void unknownUsersAreNotDecidedAbout() {
    serve(options -> options.withAdministrators(ADMIN));
    Participant admin = join(ADMIN);
    Instant until = clock.now().plus(HOUR);
    assertThat(admin.refusal(new Command.BanUser(NOBODY, until, "x"))).isEqualTo(Code.UNKNOWN_USER);
    assertThat(admin.refusal(new Command.Unban(NOBODY, "x"))).isEqualTo(Code.UNKNOWN_USER);
    assertThat(admin.refusal(new Command.Reports(NOBODY))).isEqualTo(Code.UNKNOWN_USER);
    assertThat(admin.ask(new Command.Audit(Cursor.END, 10)).entries()).isEmpty();
  }

  private Participant banned() {
    Participant alice = join(ALICE);
    report(alice.say(alice.general(), "spam"), BOB, CAROL, DAVE);
    assertBanned(alice);
    return alice;
  }

  private void report(Entry message, UserName... reporters) {
    for (UserName reporter : reporters) {
      join(reporter).ask(new Command.ReportMessage(Participant.key(message), "spam"));
    }
  }

  private static void assertBanned(Participant user) {
    assertRefused(Code.BANNED, user.client().send(user.general(), "banned"));
  }

  private static List<Event.Decided> decisions(Page page) {
    return page.entries().stream().map(entry -> (Event.Decided) entry.event()).toList();
  }
}
