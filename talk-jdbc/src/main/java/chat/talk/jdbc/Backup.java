package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Cursor;
import chat.talk.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jetbrains.annotations.Nullable;

/**
 * A file that holds all that is in a {@link Database}, as it was at one moment. It is a SQLite
 * database itself, whichever kind it was made of and is restored into, and may be queried as such.
 *
 * <p>It holds all that people have written, and digests of their secrets: only its owner may read
 * it, and whoever copies it has to care for that.
 */
public final class Backup {
  private static final List<String> BESIDES =
      List.of("", "-wal", "-shm", "-journal", "-lock", "-commits");

  private final Path file;
  private final boolean replace;
  private final @Nullable Path files;

  private Backup(Path file, boolean replace, @Nullable Path files) {
    this.file = Objects.requireNonNull(file, "file");
    this.replace = replace;
    this.files = files;
  }

  /**
   * A backup at this path, whether it is there or to be made.
   *
   * @param file the path
   * @return the backup, not looked at yet
   */
  public static Backup at(Path file) {
    return new Backup(file, false, null);
  }

  /**
   * The same, but what stands where something is to be written gives way to it: the file when
   * saving, what the database holds when restoring.
   *
   * @return a backup that replaces
   */
  public Backup replacing() {
    return new Backup(file, true, files);
  }

  /**
   * The same with the bytes of files, which are not in the database.
   *
   * @param folder of a {@link FolderBlobStore}; a hub may have it open when saving, but nobody when
   *     restoring, when it is made unless it is there
   * @return a backup with files
   */
  public Backup withFiles(Path folder) {
    return new Backup(file, replace, Objects.requireNonNull(folder, "folder"));
  }

  /**
   * What a backup holds.
   *
   * @param time of which moment it is
   * @param messages how many messages, blank ones too
   * @param chats how many chats in which somebody has said something
   * @param files how many files
   * @param missing how many files were left out, because nobody said where they are
   */
  public record Contents(Instant time, long messages, long chats, long files, long missing) {}

  /**
   * Makes the backup. Others may use the database meanwhile, this process or others; what they
   * change isn't seen. The file is there when all of it is on the disk, and not before; when this
   * fails, the file is what it was.
   *
   * @param database of which
   * @return what it holds
   * @throws ChatException with {@link Code#CONFLICT} when there is a file already, {@link
   *     Code#INVALID} when it would be the database's own, {@link Code#STORAGE} when it can't be
   *     written, the database can't be read, or a file that stands in a chat is missing or damaged
   */
  public Contents save(Database database) {
    Path target = NewFile.resolve(file);
    requireOther(target, database.file());
    requireFree(target);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return database
        .pool()
        .readSnapshot(
            statements -> {
              try (NewFile part = NewFile.beside(target)) {
                Contents contents = BackupFile.write(part.path(), statements, now, files);
                part.publish();
                return contents;
              }
            });
  }

  private void requireFree(Path target) {
    if (Files.isDirectory(target)) {
      throw new ChatException(Code.CONFLICT, target + ": it is a folder");
    }
    if (!replace && Files.exists(target)) {
      throw new ChatException(Code.CONFLICT, target + ": there is a file already");
    }
  }

  private static void requireOther(Path backup, @Nullable Path database) {
    for (String end : database == null ? List.<String>of() : BESIDES) {
      if (isSame(backup, database.resolveSibling(database.getFileName() + end))) {
        throw new ChatException(Code.INVALID, backup + ": it is part of the database itself");
      }
    }
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return one.equals(other)
          || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
    } catch (IOException e) {
      throw FileFailure.of(one, e);
    }
  }

  /**
   * Puts all that it holds into a database, whole or not at all. Every log begins a new life: a
   * {@link Cursor} from after the backup is told that it is {@linkplain Page#lost() lost}, and all
   * that is kept about the logs, as read positions, goes over into the new life.
   *
   * <p>A file of SQLite must be in nobody's use. It is replaced when the new one is on the disk.
   *
   * @param into the database, which is made when it isn't there
   * @return what it holds
   * @throws ChatException with {@link Code#CONFLICT} when the database holds something already,
   *     {@link Code#INVALID} when there are files and nobody has said where they go, {@link
   *     Code#STORAGE} when the backup isn't whole or isn't one, or the database can't be written or
   *     is in use; nothing was changed then
   */
  public Contents restore(DatabaseBuilder into) {
    Path database = Dialect.of(into.urlOrPath).file();
    Path source = NewFile.resolve(file);
    requireOther(source, database);
    try (NewFile copy = BackupFile.upToDateCopy(file, database == null ? source : database);
        SoleConnection opened = BackupFile.open(copy == null ? file : copy.path())) {
      return restore(opened, into, database);
    }
  }

  private Contents restore(SoleConnection opened, DatabaseBuilder into, @Nullable Path database) {
    Contents contents = BackupFile.contents(opened);
    requireFolder(contents);
    restoreFiles(opened);
    Restoration restoration = new Restoration(opened, replace);
    if (database == null) {
      restoration.into(into);
    } else {
      restoration.into(database);
    }
    return contents;
  }

  private void requireFolder(Contents contents) {
    if (contents.files() > 0 && files == null) {
      throw new ChatException(
          Code.INVALID, file + ": it holds files, and a folder is needed to put them into");
    }
  }

  /** They come first: nothing must refer to what isn't there. */
  private void restoreFiles(SoleConnection opened) {
    if (files != null) {
      try (FolderBlobStore store = FolderBlobStore.open(files, Long.MAX_VALUE)) {
        BackupBlobs.restore(opened, store);
      }
    }
  }
}
