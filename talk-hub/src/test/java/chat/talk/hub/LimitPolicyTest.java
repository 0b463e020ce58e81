package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.UserName;
import chat.talk.hub.LimitPolicy.Action;
import chat.talk.hub.LimitPolicy.Used;
import chat.talk.hub.LimitPolicy.Verdict;
import chat.talk.room.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LimitPolicyTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Action ACTION =
      new Action(UserName.of("alice"), ChatId.of("general"), "secret");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant END = START.plus(HOUR);

  @Test
  void noLimitAllowsEverythingAndKeepsNoCount() {
    assertThat(LimitPolicy.NONE.check(ACTION, null, START)).isEqualTo(Verdict.ALLOWED);
    assertThat(LimitPolicy.NONE.check(ACTION, new Used(START, Integer.MAX_VALUE), START))
        .isEqualTo(new Verdict(null, null));
  }

  @Test
  void windowBeginsWithTheFirstMessage() {
    assertThat(LimitPolicy.of(2, HOUR).check(ACTION, null, START))
        .isEqualTo(Verdict.allow(new Used(START, 1)));
  }

  @Test
  void lastMessageOfTheLimitIsAllowedAndTheNextOneIsNot() {
    LimitPolicy policy = LimitPolicy.of(2, HOUR);
    assertThat(policy.check(ACTION, new Used(START, 1), START))
        .isEqualTo(Verdict.allow(new Used(START, 2)));
    assertThat(policy.check(ACTION, new Used(START, 2), START)).isEqualTo(Verdict.refuse(END));
  }

  @Test
  void windowEndsToTheNanosecond() {
    LimitPolicy policy = LimitPolicy.of(1, HOUR);
    Used full = new Used(START, 1);
    assertThat(policy.check(ACTION, full, END.minusNanos(1))).isEqualTo(Verdict.refuse(END));
    assertThat(policy.check(ACTION, full, END)).isEqualTo(Verdict.allow(new Used(END, 1)));
  }

  @Test
  void newWindowBeginsWithItsOwnFirstMessageNotWhereTheOldOneEnded() {
    Instant later = END.plusSeconds(1234);
    assertThat(LimitPolicy.of(1, HOUR).check(ACTION, new Used(START, 1), later))
        .isEqualTo(Verdict.allow(new Used(later, 1)));
  }

  @Test
  void windowOfOneNanosecondIsOverAtTheNext() {
    LimitPolicy policy = LimitPolicy.of(1, Duration.ofNanos(1));
    Used full = new Used(START, 1);
    assertThat(policy.check(ACTION, full, START)).isEqualTo(Verdict.refuse(START.plusNanos(1)));
    assertThat(policy.check(ACTION, full, START.plusNanos(1)).retryAt()).isNull();
  }

  @Test
  void windowIsOverWhenTheClockGoesBackToBeforeIt() {
    LimitPolicy policy = LimitPolicy.of(1, HOUR);
    Instant before = START.minusNanos(1);
    assertThat(policy.check(ACTION, new Used(START, 1), before))
        .isEqualTo(Verdict.allow(new Used(before, 1)));
  }

  @Test
  void clockThatGoesBackWithinTheWindowChangesNothing() {
    LimitPolicy policy = LimitPolicy.of(1, HOUR);
    assertThat(policy.check(ACTION, new Used(START, 1), START)).isEqualTo(Verdict.refuse(END));
  }

  @Test
  void lowerLimitAppliesToWhatWasUsedUnderAHigherOne() {
    assertThat(LimitPolicy.of(5, HOUR).check(ACTION, new Used(START, 20), START))
        .isEqualTo(Verdict.refuse(END));
  }

  @Test
  void countDoesNotOverflow() {
    LimitPolicy policy = LimitPolicy.of(Integer.MAX_VALUE, HOUR);
    assertThat(policy.check(ACTION, new Used(START, Integer.MAX_VALUE - 1), START))
        .isEqualTo(Verdict.allow(new Used(START, Integer.MAX_VALUE)));
    assertThat(policy.check(ACTION, new Used(START, Integer.MAX_VALUE), START))
        .isEqualTo(Verdict.refuse(END));
  }

  @Test
  void longestWindowCanBeAddedToAnyDate() {
    LimitPolicy policy = LimitPolicy.of(1, Arguments.MAX_DURATION);
    Instant late = Instant.parse("9999-12-31T23:59:59.999999999Z");
    assertThat(policy.check(ACTION, new Used(late, 1), late).retryAt())
        .isEqualTo(late.plus(Arguments.MAX_DURATION));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void countBelowOneIsRefused(int count) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> LimitPolicy.of(count, HOUR))
        .withMessage("count is at least 1, but was " + count)
        .matches(e -> e.code() == Code.INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-0.000000001S", "PT876600H0.000000001S"})
  void windowThatMakesNoSenseIsRefused(String window) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> LimitPolicy.of(1, Duration.parse(window)))
        .withMessageStartingWith("window is more than zero and at most PT876600H, but was PT")
        .matches(e -> e.code() == Code.INVALID);
  }

  @Test
  void storedWindowIsReadBack() {
    assertThat(Used.of(null)).isNull();
    assertThat(Used.of(new Fact.Window(UserName.of("alice"), START, 7)))
        .isEqualTo(new Used(START, 7));
  }

  /** In windows as the policy forms them, never more than the limit, and refused only when full. */
  @Test
  void neverMoreThanTheLimitInAWindowAndNeverLessWhateverTheClockDoes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int run = 0; run < 500; run++) {
      int count = 1 + random.nextInt(5);
      Duration window = Duration.ofNanos(1 + random.nextInt(50));
      runOnce(count, window, random, "seed " + seed + ", run " + run);
    }
  }

  private static void runOnce(int count, Duration window, Random random, String seed) {
    LimitPolicy policy = LimitPolicy.of(count, window);
    Instant now = START;
    Used used = null;
    List<Instant> sent = new ArrayList<>();
    for (int step = 0; step < 200; step++) {
      now = now.plusNanos(random.nextInt(12) == 0 ? -random.nextInt(60) : random.nextInt(8));
      if (!sent.isEmpty() && isOver(sent.get(0), window, now)) {
        sent.clear();
      }
      Verdict verdict = policy.check(ACTION, used, now);
      assertThat(verdict.retryAt() == null).as(seed).isEqualTo(sent.size() < count);
      if (verdict.retryAt() == null) {
        sent.add(now);
        used = verdict.used();
        assertThat(used).as(seed).isEqualTo(new Used(sent.get(0), sent.size()));
      } else {
        assertThat(verdict.retryAt()).as(seed).isAfter(now).isBeforeOrEqualTo(now.plus(window));
        assertThat(policy.check(ACTION, used, verdict.retryAt()).retryAt()).as(seed).isNull();
        assertThat(verdict.used()).as(seed).isNull();
      }
    }
  }

  private static boolean isOver(Instant start, Duration window, Instant now) {
    return now.isBefore(start) || Duration.between(start, now).compareTo(window) >= 0;
  }

  @Test
  void actionDoesNotShowWhatIsSaid() {
    assertThat(ACTION.toString()).contains("alice", "general").doesNotContain("secret");
  }
}
