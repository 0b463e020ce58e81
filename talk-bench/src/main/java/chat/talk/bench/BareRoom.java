package chat.talk.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.annotations.Nullable;

/** Who is in a room, and what has been said that not all of them have got. For the event loop. */
final class BareRoom {
  private static final int FIRST_CAPACITY = 512;
  private static final int TEXT = 0x81;
  private static final int SHORT = 125;
  private static final int TWO_BYTES = 126;

  private final EventLoop loop;
  private final List<BareMember> members = new ArrayList<>();
  private Chunk last = new Chunk();
  private boolean isScheduled;

  /** The frames of one turn, and those that came after them. */
  static final class Chunk {
    private @Nullable ByteBuf frames;
    private @Nullable Chunk next;

    /** Who has yet to get it. */
    private int readers;
  }

  BareRoom(EventLoop loop) {
    this.loop = loop;
  }

  /** Lets somebody in; returns where he reads on. */
  Chunk join(BareMember member) {
    members.add(member);
    return last;
  }

  void leave(BareMember member, Chunk from) {
    members.remove(member);
    for (Chunk chunk = from; chunk.next != null; chunk = chunk.next) {
      passed(chunk);
    }
  }

  private static void passed(Chunk chunk) {
    if (--chunk.readers == 0) {
      chunk.frames.release();
    }
  }

  void say(ByteBuf text) {
    ByteBuf frames = last.frames;
    if (frames == null) {
      frames = PooledByteBufAllocator.DEFAULT.directBuffer(FIRST_CAPACITY);
      last.frames = frames;
    }
    writeFrame(text, frames);
    if (!isScheduled) {
      isScheduled = true;
      loop.execute(this::endTurn);
    }
  }

  private static void writeFrame(ByteBuf text, ByteBuf into) {
    int length = text.readableBytes();
    into.writeByte(TEXT);
    if (length <= SHORT) {
      into.writeByte(length);
    } else {
      into.writeByte(TWO_BYTES).writeShort(length);
    }
    into.writeBytes(text);
  }

  /** What has come in this turn goes out to all who have room for it. */
  private void endTurn() {
    isScheduled = false;
    Chunk full = last;
    last = new Chunk();
    full.next = last;
    full.readers = members.size() + 1;
    for (int i = 0; i < members.size(); i++) {
      members.get(i).write();
    }
    passed(full);
  }

  /** What stands in a chunk whose turn is over; null while it goes on. */
  static @Nullable ByteBuf frames(Chunk chunk) {
    return chunk.next == null ? null : chunk.frames;
  }

  /** Somebody has got a chunk; returns the one behind it. */
  static Chunk next(Chunk chunk) {
    passed(chunk);
    return chunk.next;
  }
}
