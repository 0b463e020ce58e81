package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordsTest {
  private static final int COST = 4;

  private final Passwords passwords = new Passwords(COST, new Random(1), Runnable::run);

  @AfterEach
  void close() {
    passwords.close();
  }

  @Test
  void passwordMatchesItsHashAndNoOtherDoes() {
    String hash = hash("correct horse");
    assertThat(matches("correct horse", hash)).isTrue();
    assertThat(matches("correct horsf", hash)).isFalse();
    assertThat(matches("correct hors", hash)).isFalse();
    assertThat(matches("correct horse ", hash)).isFalse();
  }

  @Test
  void hashNamesItsVersionAndCostAndShowsNothingElse() {
    assertThat(hash("correct horse")).matches("\\$2b\\$04\\$[./A-Za-z0-9]{53}");
  }

  @Test
  void samePasswordHashesDifferentlyEachTime() {
    assertThat(hash("correct horse")).isNotEqualTo(hash("correct horse"));
  }

  @Test
  void sameRandomGivesTheSameHashes() {
    try (Passwords one = new Passwords(COST, new Random(7), Runnable::run);
        Passwords other = new Passwords(COST, new Random(7), Runnable::run)) {
      assertThat(one.hash("correct horse").join()).isEqualTo(other.hash("correct horse").join());
    }
  }

  /** Published ones of the OpenBSD and jBCrypt test suites; two of Patrick Favre's bcrypt. */
  @ParameterizedTest
  @CsvSource({
    "abcdefghijklmnopqrstuvwxyz, $2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC",
    "abcdefghijklmnopqrstuvwxyz, $2a$08$aTsUwsyowQuzRrDqFflhgekJ8d9/7Z3GV3UcgvzQW3J5zMyrTvlz.",
    "correct horse, $2b$06$h9Yr95wqibwzQFaM0MKzM.OxZ0HQD2q5CwrcxmKClpjXtD4Cs8ThG",
    "Grüße €€ 😀, $2b$06$luGN9A/aGmRDfGWqDVjqnOyNsSjdjGt54QJr3ouWV5XazsP0mHj2C",
  })
  void hashesOfOtherImplementationsMatch(String password, String hash) {
    assertThat(matches(password, hash)).isTrue();
    assertThat(matches(password + "x", hash)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("tooShortOrLong")
  void passwordOfTheWrongSizeIsInvalidAndMatchesNothing(String password) {
    assertInvalid(password);
  }

  static List<String> tooShortOrLong() {
    return List.of(
        "", "1234567", "€€x", "x".repeat(73), "é".repeat(36) + "x", "😀".repeat(18) + "x");
  }

  @ParameterizedTest
  @MethodSource("justRight")
  void passwordOfAnyAllowedSizeIsTakenWhole(String password) {
    String hash = hash(password);
    assertThat(matches(password, hash)).isTrue();
    assertThat(matches(changeLast(password), hash)).isFalse();
  }

  static List<String> justRight() {
    List<String> all =
        new ArrayList<>(List.of("€€xx", "é".repeat(36), "😀".repeat(18), "        "));
    for (int length = 8; length <= 72; length++) {
      all.add("x".repeat(length));
    }
    return all;
  }

  @Test
  void whatFollowsTheLastByteThatBcryptTakesIsNotPassedOver() {
    String longest = "x".repeat(72);
    assertThat(matches(longest + "y", hash(longest))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"password\0", "pass\0word", "password\0password", "\0\0\0\0\0\0\0\0"})
  void zeroIsInvalidBecauseBcryptTakesItForTheEnd(String password) {
    assertInvalid(password);
  }

  @Test
  void passwordRepeatedBehindItsEndDoesNotMatch() {
    assertThat(matches("password\0password", hash("password"))).isFalse();
  }

  @Test
  void halfACharacterIsInvalidInsteadOfAQuestionMark() {
    for (String password : List.of("pass\ud83dword", "password\ud83d", "\ude00password")) {
      assertInvalid(password);
      String taken = password.replace('\ud83d', '?').replace('\ude00', '?');
      assertThat(matches(password, hash(taken))).isFalse();
    }
  }

  @Test
  void nobodyMatchesNoPasswordAndCostsTheSameWork() {
    CountingWork work = new CountingWork();
    try (Passwords counted = new Passwords(COST, new Random(1), work::run)) {
      assertThat(counted.matches("correct horse", null).join()).isFalse();
    }
    assertThat(work.runs).isEqualTo(1);
  }

  @Test
  void hashForNobodyHasTheCostOfAllOthers() {
    for (int cost = 4; cost <= 31; cost++) {
      assertThat(Passwords.nobodys(cost))
          .hasSize(60)
          .startsWith(String.format(Locale.ROOT, "$2b$%02d$", cost));
    }
    assertThat(matches("correct horse", Passwords.nobodys(COST))).isFalse();
  }

  @Test
  void nobodyMatchesNoPasswordWhateverDigitsTheLocaleHas() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try (Passwords arabic = new Passwords(COST, new Random(1), Runnable::run)) {
      assertThat(arabic.matches("correct horse", null).join()).isFalse();
      assertThat(arabic.hash("correct horse").join()).startsWith("$2b$04$");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @MethodSource("broken")
  void storedHashThatIsNoneIsAFaultWithoutTheHash(String broken) {
    ChatException failure = failure(passwords.matches("correct horse", broken));
    assertThat(failure.code()).isEqualTo(Code.INTERNAL);
    assertThat(failure).hasMessage("the stored hash of a password is no bcrypt");
  }

  static List<String> broken() {
    String sum = "x".repeat(53);
    return List.of(
        "",
        "secret",
        "$2b$04$short",
        "$9z$04$abcdefghijklmnopqrstuu",
        "$2x$04$" + sum,
        "$2b$00$" + sum,
        "$2b$03$" + sum,
        "$2b$32$" + sum,
        "$2b$04$" + sum + "x",
        "$2b$04$" + sum + "\n",
        "$2b$04$" + "x".repeat(52),
        "$2b$04$" + "x".repeat(52) + "!");
  }

  @Test
  void refusalDoesNotRepeatThePassword() {
    assertThat(failure(passwords.hash("geheim"))).hasMessageNotContaining("geheim");
  }

  @Test
  void tooManyAtATimeAreOverloadedWhoeverTheyAreFor() {
    List<Runnable> turns = new ArrayList<>();
    try (Passwords busy = new Passwords(COST, new Random(1), turns::add)) {
      for (int i = 0; i < Passwords.WAITING; i++) {
        busy.matches("correct horse", i % 2 == 0 ? null : hash("correct horse"));
      }
      assertThat(turns).hasSize(Passwords.AT_ONCE);
      assertThat(failure(busy.hash("correct horse")).code()).isEqualTo(Code.OVERLOADED);
      assertThat(failure(busy.matches("correct horse", null)).code()).isEqualTo(Code.OVERLOADED);
      assertThat(failure(busy.matches("correct horse", hash("other horse"))).code())
          .isEqualTo(Code.OVERLOADED);
    }
  }

  @Test
  void closedTakesNothingMore() {
    passwords.close();
    assertThat(failure(passwords.hash("correct horse")).code()).isEqualTo(Code.CLOSED);
    assertThat(failure(passwords.matches("correct horse", null)).code()).isEqualTo(Code.CLOSED);
  }

  @Test
  void worksOnThreadsOfItsOwn() {
    try (Passwords own = new Passwords(COST, new Random(1), null)) {
      CompletableFuture<Boolean> both =
          own.hash("correct horse").thenCompose(hash -> own.matches("correct horse", hash));
      assertThat(both.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
    }
  }

  @Test
  void anyTwoPasswordsMatchOnlyWhenTheyAreTheSame() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int run = 0; run < 200; run++) {
      String one = anyPassword(random);
      String other = random.nextBoolean() ? changeLast(one) : anyPassword(random);
      String hash = hash(one);
      assertThat(matches(one, hash)).as("seed %d, run %d", seed, run).isTrue();
      assertThat(matches(other, hash))
          .as("seed %d, run %d", seed, run)
          .isEqualTo(one.equals(other));
    }
  }

  private static String anyPassword(Random random) {
    StringBuilder password = new StringBuilder();
    int bytes = 8 + random.nextInt(61);
    while (password.toString().getBytes(StandardCharsets.UTF_8).length < bytes) {
      int[] ranges = {0x7f, 0x7ff, 0xd7ff, 0x1f600};
      password.appendCodePoint(1 + random.nextInt(ranges[random.nextInt(3)]));
    }
    return password.toString();
  }

  /** Flips a bit so that the size in bytes stays. */
  private static String changeLast(String password) {
    int last = password.codePointBefore(password.length());
    String start = password.substring(0, password.length() - Character.charCount(last));
    return start + Character.toString(last > 1 ? last ^ 1 : 2);
  }

  private void assertInvalid(String password) {
    assertThat(failure(passwords.hash(password)).code()).isEqualTo(Code.INVALID);
    assertThat(matches(password, null)).isFalse();
  }

  private String hash(String password) {
    return passwords.hash(password).join();
  }

  private boolean matches(String password, @Nullable String hash) {
    return passwords.matches(password, hash).join();
  }

  private static ChatException failure(CompletableFuture<?> failed) {
    assertThat(failed).isCompletedExceptionally();
    return ChatException.of(failed.handle((value, thrown) -> thrown).join());
  }

  private static final class CountingWork {
    private int runs;

    void run(Runnable turn) {
      runs++;
      turn.run();
    }
  }
}
