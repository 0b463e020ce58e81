package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps others away from an outbox's file. The lock is on a file beside it, which stays: the
 * outbox's own is replaced at times.
 */
final class OutboxLock {
  /**
   * Those of this process. It must not even open a lock file twice: to close one of the two would
   * end the lock of the other.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path path;
  private final FileChannel channel;

  private OutboxLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static OutboxLock of(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path path = folder.toRealPath().resolve(file.getFileName() + ".lock");
    synchronized (HELD) {
      if (!HELD.add(path)) {
        throw inUse(file);
      }
    }
    try {
      return new OutboxLock(path, locked(path, file));
    } catch (IOException | RuntimeException e) {
      release(path);
      throw e;
    }
  }

  private static FileChannel locked(Path path, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw inUse(file);
  }

  private static ChatException inUse(Path file) {
    return new ChatException(Code.CONFLICT, "the outbox " + file + " is in use by another client");
  }

  private static void release(Path path) {
    synchronized (HELD) {
      HELD.remove(path);
    }
  }

  void close() throws IOException {
    try {
      channel.close();
    } finally {
      release(path);
    }
  }
}
