package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.UserName;
import chat.talk.hub.DirectHub.Visitor;
import chat.talk.hub.LimitPolicy.Used;
import chat.talk.hub.LimitPolicy.Verdict;
import chat.talk.room.Command;
import chat.talk.room.Fact;
import chat.talk.room.Login;
import chat.talk.room.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies of an application's own, in a hub: asked as promised, and harmless when they fail. */
final class OwnPolicyTest {
  private static final UserName ADMIN = UserName.of("admin");
  private final List<@Nullable Used> asked = new ArrayList<>();
  private final List<List<Report>> shown = new ArrayList<>();
  private LimitPolicy limit = LimitPolicy.NONE;
  private BanPolicy bans = BanPolicy.NEVER;

  private final DirectHub hub =
      new DirectHub(
          builder ->
              builder
                  .administrators(ADMIN)
                  .generalLimit(
                      (action, used, now) -> {
                        asked.add(used);
                        return limit.check(action, used, now);
                      })
                  .bans(
                      (reports, now) -> {
                        shown.add(reports);
                        return bans.decide(reports, now);
                      }));

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void limitIsAskedWithWhatItSaidLastAlsoAfterARestart() {
    Instant start = hub.clock.now();
    limit =
        (action, used, now) ->
            Verdict.allow(new Used(start, used == null ? 10 : used.count() + 10));
    Visitor alice = hub.join("alice");
    alice.say(alice.general(), "1");
    alice.say(alice.general(), "2");
    alice.say(UserName.of("alice"), "not in the general chat");
    hub.restart();
    Visitor again = hub.connect(new Login.Known(alice.login.token()), Map.of());
    again.say(again.general(), "3");
    assertThat(asked).containsExactly(null, new Used(start, 10), new Used(start, 20));
  }

  @Test
  void limitThatRefusesIsToldWithItsTime() {
    limit = (action, used, now) -> Verdict.refuse(now.plusSeconds(7));
    Visitor alice = hub.join("alice");
    List<Fact> before = hub.facts();
    assertThat(alice.refusal(new Command.Send(Draft.of(alice.general(), "no"))))
        .isEqualTo(Code.LIMITED);
    assertThat(hub.facts()).isEqualTo(before);
  }

  static Stream<Arguments> badLimits() {
    return Stream.of(
        badLimit("throws", OwnPolicyTest::failingLimit),
        badLimit("says nothing", (action, used, now) -> null));
  }

  private static Arguments badLimit(String name, LimitPolicy policy) {
    return Arguments.of(name, policy);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badLimits")
  void limitThatFailsRefusesAndChangesNothing(String name, LimitPolicy bad) {
    Visitor alice = hub.join("alice");
    Visitor bob = hub.join("bob");
    ChatId general = alice.general();
    alice.say(general, "before");
    bob.takeAll();
    List<Fact> before = hub.facts();
    limit = bad;
    Draft draft = Draft.of(general, "text");
    assertThat(alice.refusal(new Command.Send(draft))).isEqualTo(Code.INTERNAL);
    assertThat(bob.takeAll()).isEmpty();
    assertThat(hub.facts()).isEqualTo(before);
    limit = LimitPolicy.NONE;
    Entry sent = alice.ask(new Command.Send(draft));
    assertThat(bob.takeEntries()).containsExactly(sent);
  }

  @Test
  void bansSeesAllReportsThatLedToNone() {
    Instant until = hub.clock.now().plusSeconds(60);
    bans = (reports, now) -> reports.size() < 2 ? Optional.empty() : Optional.of(until);
    Visitor alice = hub.join("alice");
    Entry spam = alice.say(alice.general(), "spam");
    List.of("bob", "carol", "dave").forEach(name -> report(hub.join(name), spam));
    assertThat(shown).hasSize(2);
    assertThat(shown.get(1))
        .extracting(Report::by)
        .containsExactly(UserName.of("bob"), UserName.of("carol"));
    assertThat(alice.ask(new Command.Status()).bannedUntil()).isEqualTo(until);
    assertThat(alice.refusal(new Command.Send(Draft.of(alice.general(), "more"))))
        .isEqualTo(Code.BANNED);
  }

  static Stream<Arguments> badBans() {
    return Stream.of(
        badBan("throws", OwnPolicyTest::failingBans),
        badBan("says nothing", (reports, now) -> null));
  }

  private static Arguments badBan(String name, BanPolicy policy) {
    return Arguments.of(name, policy);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badBans")
  void bansThatFailRefuseTheReportAndChangeNothing(String name, BanPolicy bad) {
    Visitor admin = hub.join("admin");
    Visitor alice = hub.join("alice");
    Visitor bob = hub.join("bob");
    Entry spam = alice.say(alice.general(), "spam");
    List<Fact> before = hub.facts();
    bans = bad;
    assertThat(bob.refusal(reportOf(spam))).isEqualTo(Code.INTERNAL);
    assertThat(hub.facts()).isEqualTo(before);
    assertThat(alice.ask(new Command.Status()).reports()).isZero();
    assertThat(admin.ask(new Command.Reports(UserName.of("alice")))).isEmpty();
    assertThat(admin.ask(new Command.Audit(Cursor.END, 9)).entries()).isEmpty();
    bans = BanPolicy.NEVER;
    report(bob, spam);
    assertThat(alice.ask(new Command.Status()).reports()).isEqualTo(1);
  }

  private static Verdict failingLimit(LimitPolicy.Action action, @Nullable Used used, Instant now) {
    throw new IllegalStateException("out of order");
  }

  private static Optional<Instant> failingBans(List<Report> reports, Instant now) {
    throw new IllegalStateException("out of order");
  }

  private static void report(Visitor reporter, Entry spam) {
    reporter.ask(reportOf(spam));
  }

  private static Command.ReportMessage reportOf(Entry spam) {
    return new Command.ReportMessage(spam.event().key(), "spam");
  }
}
