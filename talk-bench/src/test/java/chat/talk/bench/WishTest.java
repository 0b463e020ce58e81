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
  void noRowIsJudgedThatIsNotMeasuredAsInFull() {
    assertThat(isEnough("A", "full")).isTrue();
    assertThat(isEnough("A", "A", "runs=3", "seconds=5")).isTrue();
    assertThat(isEnough("A", "A", "runs=2")).isFalse();
    assertThat(isEnough("A", "full", "seconds=4.9")).isFalse();
    assertThat(isEnough("D", "full", "seconds=10")).isFalse();
    assertThat(isEnough("E", "full", "seconds=1")).as("not of a length of its own").isTrue();
    assertThat(isEnough("H", "full", "seconds=4")).isFalse();
    assertThat(isEnough("A", "full", "warmup=24")).isFalse();
    assertThat(isEnough("A", "A", "readers=10")).isFalse();
    assertThat(isEnough("D", "D", "rate=10")).isFalse();
    assertThat(isEnough("A", "full", "history=10000", "jvm=-Xlog:gc")).isTrue();
    assertThat(isEnough("A", "short", "runs=3", "seconds=5")).isFalse();
    assertThat(Wish.of(List.of("full", "runs=5", "seconds=15")).isWhole()).isTrue();
    assertThat(Wish.of(List.of("full", "runs=1")).isWhole()).isFalse();
    assertThat(Wish.of(List.of("full", "seconds=10")).isWhole()).isFalse();
  }

  private static boolean isEnough(String row, String... args) {
    Wish wish = Wish.of(List.of(args));
    return wish.plan().isEnough(row, wish.options());
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
