package chat.talk.http.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BacklogTest {
  private static final long MIB = 1 << 20;

  private final Backlog backlog = new Backlog(10 * MIB);

  @Test
  void sharesTogetherHaveNoMoreThanAll() {
    List<Backlog.Share> shares = Stream.generate(this::share).limit(20).toList();
    long taken = shares.stream().filter(share -> share.take(MIB)).count();
    assertThat(taken).isEqualTo(10);
    assertThat(backlog.held()).isEqualTo(10 * MIB);
    shares.get(0).give(MIB);
    assertThat(shares.get(19).take(MIB)).isTrue();
  }

  private Backlog.Share share() {
    return backlog.new Share();
  }

  @Test
  void everybodyMayHaveALittle() {
    assertThat(share().take(10 * MIB)).isTrue();
    Backlog.Share late = share();
    assertThat(late.take(16 << 10)).isTrue();
    assertThat(late.take(1)).isFalse();
    assertThat(late.bytes()).isEqualTo(16 << 10);
  }

  @Test
  void nobodyHasMoreThanHisPart() {
    Backlog roomy = new Backlog(Long.MAX_VALUE / 2);
    Backlog.Share greedy = roomy.new Share();
    assertThat(greedy.take(Backlog.MAX_PER_CLIENT)).isTrue();
    assertThat(greedy.take(1)).isFalse();
    assertThat(roomy.new Share().take(Backlog.MAX_PER_CLIENT)).isTrue();
  }

  @Test
  void whoIsAloneMayHaveOneThingOfAnySize() {
    Backlog.Share alone = share();
    assertThat(alone.take(100 * MIB)).isTrue();
    assertThat(alone.take(MIB)).isFalse();
    alone.give(100 * MIB);
    assertThat(backlog.held()).isZero();
  }

  @Test
  void whoHasNothingMayHaveOneThingOfAnySizeThoughOthersHaveALittle() {
    assertThat(share().take(1)).isTrue();
    Backlog.Share next = share();
    assertThat(next.take(100 * MIB)).isTrue();
    assertThat(share().take(100 * MIB)).isFalse();
    next.give(100 * MIB);
    assertThat(backlog.held()).isEqualTo(1);
  }
}
