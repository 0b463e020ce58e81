package chat.talk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What bad input is answered with. */
final class Refusals {
  private Refusals() {}

  static void assertInvalid(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOf(ChatException.class)
        .hasFieldOrPropertyWithValue("code", ChatException.Code.INVALID)
        .hasMessageContainingAll(parts);
  }
}
