package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.annotations.Nullable;

/**
 * Keeps those who use a SQLite file out of each other's way, by locks on a file beside it ({@code
 * -lock}). The system frees them when a process ends, however it ends.
 *
 * <p>To the system, locks belong to the process, and are gone when it closes any channel to the
 * file: so there is one channel for all of the process.
 */
final class FileLocks {
  /** By the locks' files. Guarded by itself, as is all that is in it. */
  private static final Map<Path, FileLocks> ALL = new HashMap<>();

  private final Path lockFile;
  private final Path database;
  private final FileChannel channel;
  private final Map<Use, Held> held = new EnumMap<>(Use.class);

  /** What a file may be used for. */
  enum Use {
    /** Reading or writing it, as many others may. */
    OPEN(1, true, "it is being replaced"),
    /** Deciding about its chats, as one hub alone may. */
    HUB(0, false, "another hub has it open"),
    /** Putting another file into its place. */
    REPLACE(1, false, "a running program has it open");

    private final int position;
    private final boolean shared;
    private final String conflict;

    Use(int position, boolean shared, String conflict) {
      this.position = position;
      this.shared = shared;
      this.conflict = conflict;
    }
  }

  /** A lock, which may be held several times. */
  private static final class Held {
    final FileLock lock;
    int count = 1;

    Held(FileLock lock) {
      this.lock = lock;
    }
  }

  /** What lets go of a lock. */
  interface Hold extends AutoCloseable {
    Hold NOTHING = () -> {};

    @Override
    void close();
  }

  private FileLocks(Path lockFile, Path database) throws IOException {
    this.lockFile = lockFile;
    this.database = database;
    this.channel =
        FileChannel.open(
            lockFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /**
   * Locks.
   *
   * @param database its path, without links
   * @throws ChatException with STORAGE when somebody else is in the way
   */
  static Hold take(Path database, Use use) {
    Path lockFile = database.resolveSibling(database.getFileName() + "-lock");
    synchronized (ALL) {
      FileLocks locks = ALL.get(lockFile);
      try {
        if (locks == null) {
          locks = new FileLocks(lockFile, database);
          ALL.put(lockFile, locks);
        }
        return locks.take(use);
      } catch (IOException e) {
        throw FileFailure.of(lockFile, e);
      } finally {
        closeUnused(locks);
      }
    }
  }

  private Hold take(Use use) throws IOException {
    Held known = held.get(use);
    if (known != null && use.shared) {
      known.count++;
    } else {
      held.put(use, new Held(lock(use)));
    }
    return once(() -> release(use));
  }

  private FileLock lock(Use use) throws IOException {
    boolean isOurs = held.keySet().stream().anyMatch(other -> other.position == use.position);
    FileLock lock = isOurs ? null : channel.tryLock(use.position, 1, use.shared);
    if (lock == null) {
      throw new ChatException(Code.STORAGE, database + ": " + use.conflict);
    }
    return lock;
  }

  private void release(Use use) {
    synchronized (ALL) {
      Held lock = held.get(use);
      lock.count--;
      if (lock.count == 0) {
        held.remove(use);
        FileWork.close(lockFile, lock.lock::release);
      }
      closeUnused(this);
    }
  }

  private static void closeUnused(@Nullable FileLocks locks) {
    if (locks != null && locks.held.isEmpty()) {
      ALL.remove(locks.lockFile);
      FileWork.close(locks.lockFile, locks.channel);
    }
  }

  private static Hold once(Hold hold) {
    AtomicBoolean released = new AtomicBoolean();
    return () -> {
      if (released.compareAndSet(false, true)) {
        hold.close();
      }
    };
  }
}
