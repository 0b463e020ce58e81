package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/** An outbox's file that is open and locked. To be used by one thread at a time. */
final class OutboxFile {
  private static final System.Logger LOG = System.getLogger(OutboxFile.class.getName());
  private static final long MAX_LENGTH = 3 * Outbox.MAX_BYTES;

  private final Path path;
  private final OutboxLock lock;
  private FileChannel channel;
  private long length;

  private OutboxFile(Path path, OutboxLock lock, FileChannel channel, long length) {
    this.path = path;
    this.lock = lock;
    this.channel = channel;
    this.length = length;
  }

  /** What a file holds that may be in use; nothing when there is none. */
  static Content read(Path path) throws IOException {
    if (!Files.exists(path)) {
      return Content.of(new OutboxFrames.Found(List.of(), 0));
    }
    if (Files.size(path) > MAX_LENGTH) {
      throw damaged(path, "it is larger than any outbox");
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
      return Content.of(OutboxFrames.find(bytes));
    } catch (IllegalArgumentException e) {
      throw damaged(path, e.getMessage());
    }
  }

  private static ChatException damaged(Path path, String how) {
    return new ChatException(Code.STORAGE, "the outbox %s can't be used: %s".formatted(path, how));
  }

  /** Behind a lock, goes on behind what the file holds. */
  static OutboxFile open(Path path, OutboxLock lock, long end) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.size() > end) {
        String message = "The outbox {0} ended with {1} bytes that were not written to the end";
        LOG.log(Level.WARNING, message, path, channel.size() - end);
        channel.truncate(end);
      }
      return new OutboxFile(path, lock, channel, end);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  long length() {
    return length;
  }

  /** All of it or nothing; when it is to be forced, it is on the disk afterwards. */
  void append(List<byte[]> frames, boolean force) throws IOException {
    ByteBuffer all = joined(frames);
    try {
      write(channel, all, length);
      if (force) {
        channel.force(false);
      }
      length += all.limit();
    } catch (IOException e) {
      takeBack(e);
      throw e;
    }
  }

  /** When not even that works, nothing more is written: it would stand behind garbage. */
  private void takeBack(IOException why) throws IOException {
    try {
      channel.truncate(length);
    } catch (IOException e) {
      why.addSuppressed(e);
      channel.close();
    }
  }

  private static ByteBuffer joined(List<byte[]> frames) {
    long size = frames.stream().mapToLong(frame -> frame.length).sum();
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(size));
    frames.forEach(all::put);
    return all.flip();
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long position)
      throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  /** Puts another file in its place that holds these alone. A failure leaves it as it was. */
  void replace(List<byte[]> frames) throws IOException {
    Path next = path.resolveSibling(path.getFileName() + ".new");
    FileChannel written = null;
    try {
      written =
          FileChannel.open(
              next,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      ByteBuffer all = joined(frames);
      write(written, ByteBuffer.wrap(OutboxFrames.HEADER), 0);
      write(written, all, OutboxFrames.HEADER.length);
      written.force(true);
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
      goOn(written, OutboxFrames.HEADER.length + all.limit());
    } catch (IOException e) {
      if (written != null && written != channel) {
        written.close();
        Files.deleteIfExists(next);
      }
      throw e;
    }
  }

  private void goOn(FileChannel written, long size) throws IOException {
    FileChannel old = channel;
    channel = written;
    length = size;
    old.close();
    forceFolder();
  }

  /** So that the file's name lasts as well. Not every system can do that, or needs to. */
  private void forceFolder() {
    Path folder = path.toAbsolutePath().getParent();
    try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
      opened.force(true);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The folder " + folder + " can't be forced", e);
    }
  }

  void close() throws IOException {
    try {
      channel.close();
    } finally {
      lock.close();
    }
  }

  /**
   * What a file holds.
   *
   * @param owner whose it is; null when nobody has it yet
   * @param left what is not answered, by its number
   * @param last the highest number that was used
   * @param end how far it is intact
   */
  record Content(
      OutboxRecord.@Nullable Owner owner, Map<Long, Command<?>> left, long last, long end) {
    static Content of(OutboxFrames.Found found) {
      Map<Long, Command<?>> left = new LinkedHashMap<>();
      OutboxRecord.Owner owner = null;
      long last = 0;
      for (OutboxRecord record : found.records()) {
        if (record instanceof OutboxRecord.Owner of) {
          owner = of;
        } else if (record instanceof OutboxRecord.Put put) {
          left.put(put.number(), put.command());
          last = Math.max(last, put.number());
        } else if (record instanceof OutboxRecord.Done done) {
          left.remove(done.number());
          last = Math.max(last, done.number());
        }
      }
      return new Content(owner, left, last, found.end());
    }
  }
}
