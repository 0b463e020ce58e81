package chat.talk.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.http.WebSocketText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes out, small or shared, in its order. */
class OutboxTest {
  private final EmbeddedChannel channel = new EmbeddedChannel(new Unharmed());
  private final EmbeddedChannel other = new EmbeddedChannel(new Unharmed());

  /** What can't be written any more is nothing new to a connection. */
  private static final class Unharmed extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      assertThat(cause).isInstanceOf(ClosedChannelException.class);
    }
  }

  private static Outbox outbox(EmbeddedChannel channel) {
    return new Outbox(channel.pipeline().firstContext(), () -> {});
  }

  private static WebSocketText text(int number, int length) {
    return WebSocketText.of(Integer.toString(number % 10).repeat(length));
  }

  private static ByteBuf sent(EmbeddedChannel channel) {
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      all.writeBytes(part);
      part.release();
    }
    return all;
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
    other.finishAndReleaseAll();
    FastThreadLocal.removeAll();
  }

  @Test
  void smallAndLargeFramesKeepTheirOrderOnEachConnection() {
    List<WebSocketText> texts =
        IntStream.range(0, 40).mapToObj(i -> text(i, i % 3 == 0 ? 20_000 : 10 + i)).toList();
    ByteBuf expected = Unpooled.buffer();
    texts.forEach(text -> expected.writeBytes(text.frame()));
    for (EmbeddedChannel each : List.of(channel, other)) {
      Outbox outbox = outbox(each);
      outbox.beginBatch();
      texts.forEach(outbox::send);
      outbox.endBatch();
    }
    assertThat(sent(channel)).isEqualTo(expected);
    assertThat(sent(other)).isEqualTo(expected);
  }

  @Test
  void connectionsThatGatherAtTheSameTimeGetEachTheirOwn() {
    List<EmbeddedChannel> channels = List.of(channel, other);
    List<Outbox> outboxes = channels.stream().map(OutboxTest::outbox).toList();
    for (int turn = 0; turn < 3; turn++) {
      outboxes.forEach(Outbox::beginBatch);
      for (int i = 0; i < 10; i++) {
        outboxes.get(0).send(text(i, 10));
        outboxes.get(1).send(text(i, 20));
      }
      outboxes.forEach(Outbox::endBatch);
    }
    for (int i = 0; i < channels.size(); i++) {
      ByteBuf expected = Unpooled.buffer();
      for (int said = 0; said < 30; said++) {
        expected.writeBytes(text(said, 10 + 10 * i).frame());
      }
      assertThat(sent(channels.get(i))).isEqualTo(expected);
    }
  }

  @Test
  void whatIsDroppedWithAConnectionIsWholeOnAnother() {
    WebSocketText text = text(1, 20_000);
    Outbox dropped = outbox(channel);
    dropped.beginBatch();
    dropped.send(text);
    channel.close();
    dropped.endBatch();
    outbox(other).send(text);
    assertThat(sent(other)).isEqualTo(Unpooled.wrappedBuffer(text.frame()));
  }
}
