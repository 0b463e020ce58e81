package chat.talk.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.http.WebSocketText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedFramesTest {
  private final List<ByteBuf> taken = new ArrayList<>();

  private static WebSocketText large(int number) {
    return WebSocketText.of(String.valueOf(number).repeat(SharedFrames.LEAST_BYTES));
  }

  private ByteBuf take(WebSocketText text) {
    ByteBuf frame = SharedFrames.of(text, ByteBufAllocator.DEFAULT);
    taken.add(frame);
    return frame;
  }

  @AfterEach
  void forgetAll() {
    FastThreadLocal.removeAll();
  }

  @Test
  void allConnectionsWriteTheSameBytesEachFromItsBeginning() {
    WebSocketText text = large(1);
    ByteBuf first = take(text);
    first.skipBytes(100);
    ByteBuf second = take(text);
    assertThat(ByteBufUtil.getBytes(second)).isEqualTo(text.frame());
    assertThat(second.memoryAddress()).isEqualTo(first.memoryAddress());
    taken.forEach(ByteBuf::release);
  }

  @Test
  void frameIsHeldForThoseWhoWriteItWhateverComesBehind() {
    WebSocketText text = large(1);
    ByteBuf slow = take(text);
    for (int i = 2; i < 100; i++) {
      take(large(i)).release();
    }
    assertThat(ByteBufUtil.getBytes(slow)).isEqualTo(text.frame());
    assertThat(slow.refCnt()).isEqualTo(1);
    slow.release();
    assertThat(slow.refCnt()).isZero();
  }

  @Test
  void equalTextsAreOneFrameOnlyWhenTheyAreOne() {
    ByteBuf first = take(large(1));
    ByteBuf second = take(large(1));
    assertThat(second.memoryAddress()).isNotEqualTo(first.memoryAddress());
    taken.forEach(ByteBuf::release);
  }

  @Test
  void nothingIsHeldOnceTheThreadIsDone() {
    take(large(1)).release();
    assertThat(taken.get(0).refCnt()).isEqualTo(1);
    FastThreadLocal.removeAll();
    assertThat(taken.get(0).refCnt()).isZero();
  }
}
