package chat.talk.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One connection. For the load's thread, but for what says otherwise. */
final class LoadClient extends ChannelInboundHandlerAdapter implements Conversation.Client {
  private static final byte[] NOTHING = {};

  private final CompletableFuture<LoadClient> connected = new CompletableFuture<>();
  private final List<Track> tracks = new ArrayList<>(1);
  private final List<LoadSender> senders = new ArrayList<>(1);
  private final Load load;
  private final int user;
  private final Conversation conversation;
  private ChannelHandlerContext ctx;
  private byte[] rest = NOTHING;
  private boolean isTimed = true;
  private boolean isClosing;
  private int answersDue;
  private CompletableFuture<Void> answered = new CompletableFuture<>();

  LoadClient(Load load, int user, String room) {
    this.load = load;
    this.user = user;
    this.conversation = load.contender().converse(this, load.marks(this, user), user, room);
  }

  /** By any thread: completes when the session has begun. */
  CompletableFuture<LoadClient> connected() {
    return connected;
  }

  int user() {
    return user;
  }

  Contender contender() {
    return load.contender();
  }

  @Override
  public int port() {
    return load.port();
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

  @Override
  public void write(byte[] out) {
    write(Unpooled.wrappedBuffer(out));
  }

  /** Sends requests; completes when all of them are answered. By any thread, one call at a time. */
  CompletableFuture<Void> ask(List<byte[]> requests) {
    if (requests.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> all = new CompletableFuture<>();
    load.execute(
        () -> {
          answered = all;
          answersDue = requests.size();
          requests.forEach(this::write);
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
    if (ctx != null) {
      ctx.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    ctx = active;
    conversation.open();
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
    int used = conversation.scan(data, end);
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
      onTrouble("a connection has ended");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
    onTrouble(String.valueOf(cause));
  }

  @Override
  public void onReady() {
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
  public void onTrouble(String what) {
    load.trouble(what);
    IllegalStateException failure = new IllegalStateException(what);
    connected.completeExceptionally(failure);
    answered.completeExceptionally(failure);
  }
}
