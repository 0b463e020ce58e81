package chat.talk.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WishTest {
  @Test
  void unlessSomethingElseIsAskedForItIsShort() {
    Wish wish = Wish.of(List.of());
    assertThat(wish.plan().isFull()).isFalse();
    assertThat(wish.plan().rows()).isEqualTo(Plan.ROWS);
    assertThat(wish.contenders()).containsExactly(Contenders.TALK, Contenders.NETTY);
    assertThat(wish.isWhole()).isFalse();
  }

  @Test
  void aRowAloneIsMeasuredAsInFull() {
    Wish wish = Wish.of(List.of("C", "talk", "netty", "runs=1", "jvm=-XX:+PreserveFramePointer"));
    assertThat(wish.plan().isFull()).isTrue();
    assertThat(wish.plan().rows()).containsExactly("C");
    assertThat(wish.plan().sweeps()).isEmpty();
    assertThat(wish.contenders()).containsExactly(Contenders.TALK, Contenders.NETTY);
    assertThat(wish.options().jvm()).containsExactly("-XX:+PreserveFramePointer");
    assertThat(wish.isWhole()).isFalse();
  }

  @Test
  void fullIsTheTableAndThePictures() {
    Wish wish = Wish.of(List.of("full", "--out", "docs", "talk", "talk"));
    assertThat(wish.isWhole()).isTrue();
    assertThat(wish.out()).isEqualTo(Path.of("docs"));
    assertThat(wish.plan().sweeps()).isNotEmpty();
    assertThat(wish.contenders()).containsExactly(Contenders.TALK);
    assertThat(Wish.of(List.of("full", "rows=AD")).isWhole()).isFalse();
    assertThat(Wish.of(List.of("full", "rows=DAD")).plan().rows()).containsExactly("D", "A");
  }

  @Test
  void whatIsNotUnderstoodIsRefused() {
    assertRefused("no server or row X", "X");
    assertRefused("one of [short, full]", "short", "full");
    assertRefused("one of [A, B]", "A", "B");
    assertRefused("--out needs a folder", "--out");
    assertRefused("no setting rnus", "rnus=1");
    assertRefused("rows are some of ABCDEFGH, but not AX", "rows=AX");
  }

  private static void assertRefused(String why, String... args) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Wish.of(List.of(args)).plan())
        .withMessageStartingWith(why);
  }
}
