package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Report;
import chat.talk.room.Session;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ModerationTest {
  private static final Duration BAN = Duration.ofHours(4);

  private final Lab lab =
      new Lab(
          builder ->
              builder
                  .bans(BanPolicy.after(2, Duration.ofDays(9), BAN))
                  .administrators(UserName.of("admin")));
  private final Session admin = lab.join("admin");
  private final Session alice = lab.join("alice");
  private final Session bob = lab.join("bob");
  private final Session carol = lab.join("carol");
  private final Session dave = lab.join("dave");

  @Test
  void reportsRepeatedAfterTheirBanCountNoMore() {
    Entry spam = lab.say(alice, Lab.GENERAL, "spam");
    report(spam, bob, carol);
    assertThat(banned()).isTrue();
    report(spam, bob, carol);
    lab.pass(BAN);
    report(spam, bob, carol);
    assertThat(banned()).isFalse();
    assertThat(lab.ask(alice, new Command.Status()).reports()).isEqualTo(2);
  }

  @Test
  void reportsDuringABanCountNeitherThenNorAfterwards() {
    Entry spam = lab.say(alice, Lab.GENERAL, "spam");
    report(spam, bob, carol);
    report(spam, dave, admin);
    lab.pass(BAN);
    report(spam, dave, admin);
    assertThat(banned()).isFalse();
    assertThat(lab.ask(alice, new Command.Status()).reports()).isEqualTo(4);
  }

  @Test
  void spentReportsOutliveARestart() {
    Entry spam = lab.say(alice, Lab.GENERAL, "spam");
    report(spam, bob, carol);
    assertThat(lab.facts(Report.class)).hasSize(2).allMatch(Report::spent);
    assertThat(lab.ask(admin, new Command.Reports(UserName.of("alice")))).isEmpty();
  }

  @Test
  void reportThatCouldNotBeStoredCountsWhenItIsRepeated() {
    Entry spam = lab.say(alice, Lab.GENERAL, "spam");
    report(spam, bob);
    lab.storage.refuseWrites(1);
    assertThat(lab.refusal(carol, reportOf(spam))).isEqualTo(Code.STORAGE);
    assertThat(banned()).isFalse();
    report(spam, carol);
    assertThat(banned()).isTrue();
  }

  @Test
  void onlyMessagesAreReported() {
    ChatId room = ChatId.of("room");
    lab.ask(alice, new Command.Create(room, "title"));
    lab.ask(alice, new Command.Invite(room, UserName.of("bob")));
    lab.ask(bob, new Command.Accept(room));
    lab.ask(alice, new Command.Rename(room, "rude"));
    Entry renamed = lab.log(room).get(lab.log(room).size() - 1);
    assertThat(lab.refusal(bob, reportOf(renamed))).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void undoingReportsOfWhoIsNotBannedGivesNoBan() {
    report(lab.say(alice, Lab.GENERAL, "fine"), bob);
    alice.poll(100);
    lab.ask(admin, new Command.Unban(UserName.of("alice"), "fine"));
    assertThat(lab.ask(admin, new Command.Reports(UserName.of("alice")))).isEmpty();
    assertThat(alice.poll(100).notices()).noneMatch(Notice.Banned.class::isInstance);
  }

  @Test
  void reportsAreBounded() {
    Reports reports = new Reports();
    Entry spam = lab.say(alice, Lab.GENERAL, "spam");
    for (int i = 0; i <= Reports.MAX_COUNTING; i++) {
      assertThat(reports.surplus()).isNull();
      reports.add(new Report(UserName.of("u" + i), spam.event().key(), "", lab.clock.now()));
      lab.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(reports.surplus().by()).isEqualTo(UserName.of("u0"));
  }

  private boolean banned() {
    return lab.ask(alice, new Command.Status()).bannedUntil() != null;
  }

  private void report(Entry message, Session... reporters) {
    for (Session reporter : reporters) {
      lab.ask(reporter, reportOf(message));
    }
  }

  private static Command.ReportMessage reportOf(Entry message) {
    return new Command.ReportMessage(message.event().key(), "spam");
  }
}
