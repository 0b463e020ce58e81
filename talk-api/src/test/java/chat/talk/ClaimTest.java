package chat.talk;

import static chat.talk.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClaimTest {
  private static final String SECRET = "Open-Sesame_1.~+/==";

  @Test
  void secretIsNeverShown() {
    Claim claim = Claim.of(SECRET);
    assertThat(claim.secret()).contains(SECRET);
    assertThat(claim).hasToString("Claim[…]");
    assertThat(claim.digest()).isNotNull().doesNotContain(SECRET);
    assertThat(Claim.NONE).hasToString("Claim.NONE");
  }

  @Test
  void refusalDoesNotShowTheSecret() {
    assertThatThrownBy(() -> Claim.of("secret with blanks"))
        .hasMessageContaining("a claim's secret is")
        .message()
        .doesNotContain("blanks");
  }

  @Test
  void digestOpensToItsSecretOnly() {
    String digest = Claim.of(SECRET).digest();
    assertThat(Claim.of(SECRET).opens(digest)).isTrue();
    for (String other : new String[] {SECRET + "=", "open-sesame_1.~+/==", "x"}) {
      assertThat(Claim.of(other).opens(digest)).isFalse();
    }
    assertThat(Claim.NONE.opens(digest)).isFalse();
    assertThat(Claim.random().opens(digest)).isFalse();
  }

  @Test
  void digestDoesNotOpenItself() {
    String digest = Claim.of(SECRET).digest();
    assertThat(digest).isNotNull();
    for (String part : digest.split(":", -1)) {
      assertThat(Claim.of(part).opens(digest)).isFalse();
    }
  }

  @Test
  void digestIsSalted() {
    assertThat(Stream.generate(() -> Claim.of(SECRET).digest()).limit(100)).doesNotHaveDuplicates();
  }

  @Test
  void openNameOpensToEverybody() {
    assertThat(Claim.NONE.digest()).isNull();
    assertThat(Claim.NONE.secret()).isEmpty();
    assertThat(Claim.NONE.opens(null)).isTrue();
    assertThat(Claim.of(SECRET).opens(null)).isTrue();
  }

  @Test
  void randomClaimsDifferAndHave256Bits() {
    assertThat(Stream.generate(() -> Claim.random().secret().orElseThrow()).limit(1000))
        .doesNotHaveDuplicates()
        .allMatch(secret -> secret.length() == 43);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "-", ".", "_", "~", "+", "/", "a=", "a==="})
  void tokenCharactersAreTaken(String secret) {
    assertThat(Claim.of(secret).secret()).contains(secret);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "=", "a=b", "a\n", "\ta", "a,b", "a:b", "\"a\"", "é"})
  void otherCharactersAreRefused(String secret) {
    assertInvalid(() -> Claim.of(secret), "1 to 512 characters");
  }

  @Test
  void secretHasAtMost512Characters() {
    String longest = "x".repeat(Claim.MAX_LENGTH);
    assertThat(Claim.of(longest).opens(Claim.of(longest).digest())).isTrue();
    assertInvalid(() -> Claim.of(longest + "x"), "1 to 512 characters");
  }
}
