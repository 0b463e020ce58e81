package chat.talk.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReusedBufferTest {
  private static ByteBuf take() {
    return ReusedBuffer.take(UnpooledByteBufAllocator.DEFAULT);
  }

  @AfterEach
  void forgetAll() {
    FastThreadLocal.removeAll();
  }

  @Test
  void releasedBufferIsTakenAgainAndEmpty() {
    ByteBuf first = take().writeInt(1);
    first.readByte();
    first.release();
    ByteBuf second = take();
    assertThat(second).isSameAs(first);
    assertThat(second.readerIndex()).isZero();
    assertThat(second.isReadable()).isFalse();
    second.release();
  }

  @Test
  void bufferThatSomebodyStillHoldsIsLeftToHim() {
    ByteBuf held = take().writeInt(1);
    ByteBuf other = take().writeInt(2);
    assertThat(other).isNotSameAs(held);
    assertThat(held.getInt(0)).isEqualTo(1);
    assertThat(held.refCnt()).isEqualTo(1);
    held.release();
    assertThat(held.refCnt()).isZero();
    other.release();
    assertThat(take()).isSameAs(other).satisfies(ByteBuf::release);
  }

  @Test
  void bufferThatHasGrownLargeIsNotKept() {
    ByteBuf grown = take().writeZero(ReusedBuffer.MAX_CAPACITY + 1);
    grown.release();
    ByteBuf next = take();
    assertThat(next).isNotSameAs(grown);
    assertThat(grown.refCnt()).isZero();
    next.release();
  }

  @Test
  void nothingIsHeldOnceTheThreadIsDone() {
    ByteBuf taken = take();
    taken.release();
    FastThreadLocal.removeAll();
    assertThat(taken.refCnt()).isZero();
  }
}
