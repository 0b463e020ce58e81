package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * A database that is there whole or not at all. It is written beside its place, under a name that
 * ends with {@code .part}, and takes its place when it is on the disk. What a crash leaves is
 * deleted the next time.
 */
final class NewFile implements AutoCloseable {
  private static final String SUFFIX = ".part";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** Windows lets nobody do so. */
  private static final boolean CAN_FORCE_FOLDERS = File.separatorChar == '/';

  private final Path target;
  private final Path part;

  private NewFile(Path target, Path part) {
    this.target = target;
    this.part = part;
  }

  /** The path without links in it, of a file that may not be there yet. */
  static Path resolve(Path file) {
    try {
      Path absolute = SqliteUrl.requireName(file).toAbsolutePath();
      if (Files.exists(absolute)) {
        return absolute.toRealPath();
      }
      Path name = absolute.getFileName();
      return name == null ? absolute : absolute.getParent().toRealPath().resolve(name);
    } catch (IOException e) {
      throw FileFailure.of(file, e);
    }
  }

  /** Begins a file, which only its owner may read, unless the one in its place says otherwise. */
  static NewFile beside(Path target) {
    return begin(target, Files.exists(target));
  }

  /** Begins a file that only its owner may read, and that is not to take any place. */
  static NewFile temporary(Path beside) {
    return begin(beside, false);
  }

  private static NewFile begin(Path target, boolean alike) {
    try {
      dropLeftovers(target);
      String name = target.getFileName() + "." + UUID.randomUUID() + SUFFIX;
      NewFile begun = new NewFile(target, target.resolveSibling(name));
      Files.createFile(begun.part, permissions(target, alike));
      return begun;
    } catch (IOException e) {
      throw FileFailure.of(target, e);
    }
  }

  private static FileAttribute<?>[] permissions(Path target, boolean alike) throws IOException {
    if (!target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> permissions =
        alike ? Files.getPosixFilePermissions(target) : OWNER_ONLY;
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
  }

  private static void dropLeftovers(Path target) throws IOException {
    String ours = target.getFileName() + ".";
    DirectoryStream.Filter<Path> isPart =
        file -> {
          String name = file.getFileName().toString();
          return name.startsWith(ours) && name.endsWith(SUFFIX);
        };
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(target.getParent(), isPart)) {
      for (Path part : parts) {
        // Whoever fills it keeps it locked.
        if (!SoleConnection.isInUse(part)) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  Path path() {
    return part;
  }

  /** Puts it into its place; nothing must have it open. */
  void publish() {
    try {
      force(part, StandardOpenOption.WRITE);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      if (CAN_FORCE_FOLDERS) {
        force(target.getParent(), StandardOpenOption.READ);
      }
    } catch (IOException e) {
      throw FileFailure.of(target, e);
    }
  }

  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  /** Deletes it, unless it has taken its place. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new ChatException(Code.STORAGE, part + " can't be deleted", e);
    }
  }
}
