package chat.talk.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One WebSocket. For the load's thread, but for what says otherwise. */
final class LoadClient extends ChannelInboundHandlerAdapter implements FrameScanner.Listener {
  private static final byte[] NOTHING = {};

  private final CompletableFuture<LoadClient> connected = new CompletableFuture<>();
  private final List<Track> tracks = new ArrayList<>(1);
  private final List<LoadSender> senders = new ArrayList<>(1);
  private final Load load;
  private final int user;
  private final String room;
  private final FrameScanner scanner;
  private ChannelHandlerContext ctx;
  private byte[] rest = NOTHING;
  private boolean isTimed = true;
  private boolean isClosing;
  private int answersDue;
  private CompletableFuture<Void> answered = new CompletableFuture<>();

  LoadClient(Load load, int user, String room) {
    this.load = load;
    this.user = user;
    this.room = room;
    this.scanner = new FrameScanner(this, load.textLength(), load.expected(user));
  }

  /** By any thread: completes when the session has begun. */
  CompletableFuture<LoadClient> connected() {
    return connected;
  }

  int user() {
    return user;
  }

  Wire wire() {
    return load.wire();
  }

  void follow(Track track) {
    tracks.add(track);
  }

  void sendBy(LoadSender sender) {
    senders.add(sender);
  }

  ByteBufAllocator alloc() {
    return ctx.alloc();
  }

  void write(ByteBuf out) {
    ctx.writeAndFlush(out, ctx.voidPromise());
  }

  private void write(byte[] out) {
    write(Unpooled.wrappedBuffer(out));
  }

  /** Sends frames; completes when all of them are answered. By any thread, one call at a time. */
  CompletableFuture<Void> ask(List<String> frames) {
    if (frames.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> all = new CompletableFuture<>();
    load.execute(
        () -> {
          answered = all;
          answersDue = frames.size();
          frames.forEach(frame -> write(ClientText.frame(frame)));
        });
    return all;
  }

  /** Reads no more, until told to again; how long its messages take is of no interest then. */
  void stall(boolean isStalled) {
    isTimed = false;
    ctx.channel().config().setAutoRead(!isStalled);
  }

  void close() {
    isClosing = true;
    ctx.close();
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    ctx = active;
    String head =
        "GET "
            + wire().path()
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + load.port()
            + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    write(head.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void channelRead(ChannelHandlerContext unused, Object message) {
    ByteBuf in = (ByteBuf) message;
    int length = in.readableBytes();
    byte[] data = load.scratch(rest.length + length);
    System.arraycopy(rest, 0, data, 0, rest.length);
    in.readBytes(data, rest.length, length);
    in.release();
    load.now();
    int end = rest.length + length;
    int used = scanner.scan(data, end);
    rest = used == end ? NOTHING : Arrays.copyOfRange(data, used, end);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext unused) {
    for (LoadSender sender : senders) {
      sender.fill();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext unused) {
    if (!isClosing) {
      load.trouble("a connection has ended");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
    load.trouble(String.valueOf(cause));
  }

  @Override
  public void onOpen() {
    write(ClientText.frame(wire().hello(user, room)));
  }

  @Override
  public void onConnected() {
    connected.complete(this);
  }

  @Override
  public void onAnswer() {
    if (answersDue > 0 && --answersDue == 0) {
      answered.complete(null);
    }
  }

  @Override
  public void onMessage(int stream, int number) {
    int roomIndex = stream / LoadRoom.SENDERS;
    int from = stream % LoadRoom.SENDERS;
    for (int i = 0; i < senders.size(); i++) {
      if (senders.get(i).stream() == stream) {
        senders.get(i).seen(number);
      }
    }
    for (int i = 0; i < tracks.size(); i++) {
      Track track = tracks.get(i);
      if (track.room().index() == roomIndex) {
        note(track, from, number);
      }
    }
  }

  private void note(Track track, int from, int number) {
    if (track.note(from, number)) {
      load.delivered(isTimed ? track.room().sender(from).sentAt(number) : 0);
    } else {
      load.trouble("message " + number + " out of its place");
    }
  }

  @Override
  public void onPing(byte[] payload) {
    write(ClientText.pong(payload));
  }

  @Override
  public void onTrouble(String what) {
    load.trouble(what);
    connected.completeExceptionally(new IllegalStateException(what));
  }
}
