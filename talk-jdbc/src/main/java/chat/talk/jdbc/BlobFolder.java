package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.Digest;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the files of a blob store are: a blob in {@code ab/abcd…}, an upload in {@code
 * uploads/….part}. What else is in the folder is left alone.
 */
final class BlobFolder implements Closeable {
  private static final LinkOption NO_LINKS = LinkOption.NOFOLLOW_LINKS;

  private static final String BLOBS = "[0-9a-f][0-9a-f]";

  /** Windows lets nobody force a folder. */
  private static final boolean CAN_FORCE = File.separatorChar == '/';

  /**
   * The folders in use by this process. The lock is against others, and goes when any channel to
   * its file is closed: within a process nobody may even try.
   */
  private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

  private final Path root;
  private final Path uploads;

  /** Held open: with it goes the lock. */
  private final FileChannel lock;

  private BlobFolder(Path root, FileChannel lock) {
    this.root = root;
    this.uploads = root.resolve("uploads");
    this.lock = lock;
  }

  static BlobFolder open(Path path) throws IOException {
    make(path.toAbsolutePath());
    Path root = path.toRealPath();
    if (!IN_USE.add(root)) {
      throw inUse(root);
    }
    try {
      return new BlobFolder(root, lock(root)).cleared();
    } catch (IOException | RuntimeException e) {
      IN_USE.remove(root);
      throw e;
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(
            root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, NO_LINKS);
    try {
      if (channel.tryLock() == null) {
        throw inUse(root);
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static ChatException inUse(Path root) {
    return new ChatException(Code.STORAGE, "the blob store " + root + " is in use elsewhere");
  }

  private BlobFolder cleared() throws IOException {
    try {
      make(uploads, NO_LINKS);
      dropLeftovers();
      forceAll();
      return this;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private void dropLeftovers() throws IOException {
    for (Path file : list(uploads, "*.part")) {
      Files.delete(file);
    }
  }

  /** A kill may have left a blob, or its folder, that a power cut would take away. */
  private void forceAll() throws IOException {
    force(root);
    for (Path folder : list(root, BLOBS)) {
      requireFolder(folder);
      force(folder);
    }
  }

  Path newUpload() {
    return uploads.resolve(UUID.randomUUID() + ".part");
  }

  Path file(Digest digest) {
    return file(root, digest);
  }

  /** Where a blob is in the folder, if it is there. */
  static Path file(Path root, Digest digest) {
    return root.resolve(digest.value().substring(0, 2)).resolve(digest.value());
  }

  /** What is known about a file, unless it isn't there or is no plain file. */
  static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, NO_LINKS);
      return Optional.of(found).filter(BasicFileAttributes::isRegularFile);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Makes a written upload a blob, in the place of one that may be there. */
  void rename(Path upload, Digest digest) throws IOException {
    Path file = file(digest);
    make(file.getParent(), NO_LINKS);
    Files.move(upload, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Returns when a blob would be found after a power cut, too. */
  void force(Digest digest) throws IOException {
    force(file(digest).getParent());
  }

  /** Shows all blobs, one after the other. */
  void forEach(Visitor visitor) throws IOException {
    for (Path folder : list(root, BLOBS)) {
      requireFolder(folder);
      for (Path file : list(folder, folder.getFileName() + "*")) {
        visit(file, visitor);
      }
    }
  }

  private static void requireFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder, NO_LINKS)) {
      throw new NotDirectoryException(folder.toString());
    }
  }

  private static void visit(Path file, Visitor visitor) throws IOException {
    Optional<BasicFileAttributes> attributes = attributes(file);
    Optional<Digest> digest = digest(file);
    if (digest.isPresent() && attributes.isPresent()) {
      visitor.visit(digest.get(), attributes.get());
    }
  }

  private static List<Path> list(Path folder, String names) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
      files.forEach(found::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  private static Optional<Digest> digest(Path file) {
    try {
      return Optional.of(Digest.of(file.getFileName().toString()));
    } catch (ChatException e) {
      return Optional.empty();
    }
  }

  /** Makes a folder that is there after a power cut, unless it is there already. */
  private static void make(Path folder, LinkOption... links) throws IOException {
    if (!Files.isDirectory(folder, links)) {
      Path parent = folder.getParent();
      make(parent);
      Files.createDirectory(folder);
      force(parent);
    }
  }

  private static void force(Path folder) throws IOException {
    if (!CAN_FORCE) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Unlocks the folder. */
  @Override
  public void close() throws IOException {
    if (lock.isOpen()) {
      lock.close();
      IN_USE.remove(root);
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }

  /** Is shown blobs. */
  interface Visitor {
    void visit(Digest digest, BasicFileAttributes attributes) throws IOException;
  }
}
