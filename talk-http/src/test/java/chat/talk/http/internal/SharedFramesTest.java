package chat.talk.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.http.WebSocketText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

  /** Each reader goes through all that are new to him, and the next one through the same. */
  @Test
  void manyNewFramesAreCopiedOnceForAllReaders() {
    List<WebSocketText> news = IntStream.range(0, 60).mapToObj(SharedFramesTest::large).toList();
    List<Long> first = addresses(news);
    assertThat(first).doesNotHaveDuplicates();
    assertThat(addresses(news)).isEqualTo(first);
    assertThat(addresses(news)).isEqualTo(first);
    taken.forEach(ByteBuf::release);
  }

  /** All are held meanwhile: another copy has another address. */
  private List<Long> addresses(List<WebSocketText> texts) {
    return texts.stream().map(text -> take(text).memoryAddress()).toList();
  }

  @Test
  void oldestGoWhenAllTakeTooMuch() {
    int bytes = SharedFrames.MOST_BYTES_IN_ALL / 16;
    List<ByteBuf> frames = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      // A pooled one that has gone may be another one soon.
      var alloc = UnpooledByteBufAllocator.DEFAULT;
      frames.add(SharedFrames.of(WebSocketText.of("x".repeat(bytes)), alloc));
      frames.get(i).release();
    }
    // A frame is a little longer than its text.
    assertThat(frames.stream().filter(frame -> frame.refCnt() > 0)).hasSize(15);
    assertThat(frames.subList(25, 40)).allMatch(frame -> frame.refCnt() == 1);
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
