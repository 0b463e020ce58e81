package chat.talk;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ChatExceptionTest {
  private final ChatException taken = new ChatException(Code.NAME_TAKEN, "taken");

  @ParameterizedTest
  @EnumSource
  void codeSaysWhetherTryingAgainMakesSense(Code code) {
    boolean expected =
        EnumSet.of(
                Code.MISDIRECTED, Code.UNREACHABLE, Code.TIMED_OUT, Code.OVERLOADED, Code.STORAGE)
            .contains(code);
    assertThat(code.isRetryable()).isEqualTo(expected);
    assertThat(new ChatException(code, "why").isRetryable()).isEqualTo(expected);
  }

  @Test
  void partsAreKept() {
    IOException cause = new IOException("disk full");
    ChatException e = new ChatException(Code.STORAGE, "not stored", cause);
    assertThat(e).hasMessage("not stored").hasCause(cause);
    assertThat(e.code()).isEqualTo(Code.STORAGE);
    assertThat(taken).hasNoCause();
  }

  @Test
  void ofAChatExceptionIsItself() {
    assertThat(ChatException.of(taken)).isSameAs(taken);
  }

  @Test
  void whatFuturesWrapIsTakenOff() {
    assertThat(ChatException.of(new CompletionException(taken))).isSameAs(taken);
    assertThat(ChatException.of(new ExecutionException(taken))).isSameAs(taken);
    assertThat(
            ChatException.of(
                new ExecutionException(new CompletionException(new CompletionException(taken)))))
        .isSameAs(taken);
  }

  @Test
  void anythingElseIsInternal() {
    IOException cause = new IOException("broken");
    ChatException e = ChatException.of(new CompletionException(cause));
    assertThat(e.code()).isEqualTo(Code.INTERNAL);
    assertThat(e).hasCause(cause).hasMessageContaining("broken");
    assertThat(ChatException.of(new CancellationException()).code()).isEqualTo(Code.INTERNAL);
    assertThat(ChatException.of(new StackOverflowError()).code()).isEqualTo(Code.INTERNAL);
  }

  @Test
  void wrapperAroundNothingIsInternal() {
    CompletionException empty = new CompletionException("nothing inside", null);
    assertThat(ChatException.of(empty)).hasCause(empty);
  }

  @Test
  void chatExceptionThatAnotherFailureCausedIsNotTakenApart() {
    ChatException outer = new ChatException(Code.STORAGE, "outer", taken);
    assertThat(ChatException.of(new CompletionException(outer))).isSameAs(outer);
    assertThat(ChatException.of(new IllegalStateException(taken)).code()).isEqualTo(Code.INTERNAL);
  }
}
