package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TroubleTest {
  private final SettableClock clock = new SettableClock();
  private final AtomicInteger begun = new AtomicInteger();
  private final Trouble trouble = new Trouble("read", Code.STORAGE, clock::now);

  TroubleTest() {
    trouble.onBegin(begun::incrementAndGet);
  }

  @Test
  void lastsFromTheFirstFailureToTheNextSuccess() {
    Instant first = clock.now();
    fail(new ChatException(Code.STORAGE, "away"));
    clock.advance(Duration.ofMinutes(1));
    fail(new IllegalStateException("a driver's flaw"));
    assertThat(trouble.since()).contains(first);
    assertThat(begun).hasValue(1);
    assertThat(trouble.watch(() -> "back")).isEqualTo("back");
    assertThat(trouble.since()).isEmpty();
    fail(new ChatException(Code.TIMED_OUT, "no answer"));
    assertThat(trouble.since()).contains(clock.now());
    assertThat(begun).hasValue(2);
  }

  @Test
  void isNoneWhenTheStorageRefusesWhatMakesNoSense() {
    fail(new ChatException(Code.INVALID, "a limit of nothing"));
    assertThat(trouble.since()).isEmpty();
    assertThat(begun).hasValue(0);
  }

  private void fail(RuntimeException why) {
    assertThatThrownBy(
            () ->
                trouble.watch(
                    () -> {
                      throw why;
                    }))
        .isInstanceOf(ChatException.class)
        .satisfies(e -> assertThat(why).isIn(e, e.getCause()));
  }
}
