package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.room.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BanPolicyTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration LENGTH = Duration.ofHours(4);
  private static final BanPolicy THREE = BanPolicy.after(3, DAY, LENGTH);

  @Test
  void neverBansNobody() {
    assertThat(BanPolicy.NEVER.decide(reports("a", "b", "c", "d"), NOW)).isEmpty();
  }

  @Test
  void threeDifferentUsersBan() {
    assertThat(THREE.decide(reports("a", "b", "c"), NOW)).contains(NOW.plus(LENGTH));
  }

  @Test
  void twoUsersDoNotBan() {
    assertThat(THREE.decide(reports("a", "b"), NOW)).isEmpty();
  }

  @Test
  void noReportsDoNotBan() {
    assertThat(BanPolicy.after(1, DAY, LENGTH).decide(List.of(), NOW)).isEmpty();
  }

  @Test
  void oneUserWhoReportsManyMessagesCountsOnce() {
    assertThat(THREE.decide(reports("a", "a", "a", "a", "b"), NOW)).isEmpty();
  }

  @Test
  void namesThatDifferInCaseAreDifferentUsers() {
    assertThat(THREE.decide(reports("a", "A", "b"), NOW)).isPresent();
  }

  @Test
  void oneReportBansWhenOneIsEnough() {
    assertThat(BanPolicy.after(1, DAY, LENGTH).decide(reports("a"), NOW)).isPresent();
  }

  @Test
  void reportCountsToTheNanosecond() {
    Report newest = report("c", NOW);
    Report second = report("b", NOW);
    Report atTheEdge = report("a", NOW.minus(DAY));
    Report beyond = report("a", NOW.minus(DAY).minusNanos(1));
    assertThat(THREE.decide(List.of(atTheEdge, second, newest), NOW)).isPresent();
    assertThat(THREE.decide(List.of(beyond, second, newest), NOW)).isEmpty();
  }

  @Test
  void newReportOfAUserReplacesHisOldOneThatIsTooOld() {
    List<Report> reports =
        List.of(report("a", NOW.minus(DAY).minusNanos(1)), report("b", NOW), report("a", NOW));
    assertThat(BanPolicy.after(2, DAY, LENGTH).decide(reports, NOW)).isPresent();
  }

  @Test
  void clockThatGoesALittleBackLosesNoReport() {
    List<Report> reports =
        List.of(report("a", NOW.plusSeconds(5)), report("b", NOW.plusSeconds(1)), report("c", NOW));
    assertThat(THREE.decide(reports, NOW)).contains(NOW.plus(LENGTH));
  }

  @Test
  void reportsAreNotHeldAgainstAUserForEverWhenTheClockGoesFarBack() {
    List<Report> edge = List.of(report("a", NOW.plus(DAY)), report("b", NOW));
    List<Report> beyond = List.of(report("a", NOW.plus(DAY).plusNanos(1)), report("b", NOW));
    BanPolicy two = BanPolicy.after(2, DAY, LENGTH);
    assertThat(two.decide(edge, NOW)).isPresent();
    assertThat(two.decide(beyond, NOW)).isEmpty();
  }

  @Test
  void longestTimesFitAnyDate() {
    BanPolicy policy = BanPolicy.after(1, Arguments.MAX_DURATION, Arguments.MAX_DURATION);
    Report early = report("a", Instant.MIN);
    Instant late = Instant.parse("9999-12-31T23:59:59.999999999Z");
    assertThat(policy.decide(List.of(early), late)).isEmpty();
    assertThat(policy.decide(List.of(report("a", late)), late))
        .contains(late.plus(Arguments.MAX_DURATION));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void fewerThanOneReporterIsRefused(int reporters) {
    assertInvalid("reporters", () -> BanPolicy.after(reporters, DAY, LENGTH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-0.000000001S", "PT876600H0.000000001S"})
  void timesThatMakeNoSenseAreRefused(String time) {
    assertInvalid("within", () -> BanPolicy.after(3, Duration.parse(time), LENGTH));
    assertInvalid("length", () -> BanPolicy.after(3, DAY, Duration.parse(time)));
  }

  @Test
  void bansExactlyWhenEnoughDifferentUsersHaveReportedInTime() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int run = 0; run < 2_000; run++) {
      int enough = 1 + random.nextInt(4);
      Duration within = Duration.ofNanos(1 + random.nextInt(20));
      List<Report> reports = new ArrayList<>();
      Set<UserName> different = new HashSet<>();
      for (int i = random.nextInt(8); i > 0; i--) {
        int age = random.nextInt(60) - 30;
        Report report = report("u" + random.nextInt(5), NOW.minusNanos(age));
        reports.add(report);
        if (Math.abs(age) <= within.toNanos()) {
          different.add(report.by());
        }
      }
      assertThat(BanPolicy.after(enough, within, LENGTH).decide(reports, NOW).isPresent())
          .as("seed %d, run %d", seed, run)
          .isEqualTo(different.size() >= enough);
    }
  }

  private static void assertInvalid(String parameter, Runnable call) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(call::run)
        .withMessageStartingWith(parameter + " is ")
        .matches(e -> e.code() == Code.INVALID);
  }

  private static List<Report> reports(String... by) {
    return Arrays.stream(by).map(name -> report(name, NOW)).toList();
  }

  private static Report report(String by, Instant time) {
    MessageKey message = new MessageKey(UserName.of("mallory"), MessageId.random());
    return new Report(UserName.of(by), message, "spam", time);
  }
}
