package chat.talk.cli;

import chat.talk.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/**
 * A random secret that outlives the program, in a file that only its owner may read. The file is
 * locked as long as this is open: one program at a time uses the secret.
 */
final class SecretFile implements AutoCloseable {
  private static final Set<StandardOpenOption> OPTIONS =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** More than any secret has; a file that is larger is none of ours. */
  private static final int MAX_SIZE = 1024;

  private final FileChannel file;
  private String secret;
  private boolean isNew;

  private SecretFile(FileChannel file, String secret) {
    this.file = file;
    this.secret = secret;
  }

  /**
   * Opens the secret, or makes a new one.
   *
   * @return null when another program has it open
   */
  static @Nullable SecretFile tryOpen(Path path) throws IOException {
    makePrivateFolder(path.toAbsolutePath().getParent());
    FileChannel file = FileChannel.open(path, OPTIONS, onlyForOwner(path, "rw-------"));
    try {
      if (lock(file) == null) {
        file.close();
        return null;
      }
      return open(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * The secret of a file that another program may have open, and this one has not; empty when there
   * is none.
   */
  static Optional<String> read(Path path) {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      return Optional.of(read(file)).filter(SecretFile::isComplete).map(String::strip);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Keeps a secret in a file that is not there yet. */
  static void keep(Path path, String secret) throws IOException {
    try (FileChannel file = FileChannel.open(path, OPTIONS, onlyForOwner(path, "rw-------"))) {
      write(file, secret + "\n");
    }
  }

  /** Opens a secret that another program may use for a moment; empty when that takes too long. */
  static Optional<SecretFile> await(Supplier<Optional<SecretFile>> opener) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Optional<SecretFile> opened = opener.get();
    while (opened.isEmpty() && System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(PAUSE.toNanos());
      opened = opener.get();
    }
    return opened;
  }

  String secret() {
    return secret;
  }

  /** Whether it was made by this program: nobody else can have it then. */
  boolean isNew() {
    return isNew;
  }

  /** Puts a new secret in the place of the old one. */
  void renew() throws IOException {
    String made = Claim.random().secret().orElseThrow();
    write(file, made + "\n");
    secret = made;
    isNew = true;
  }

  private static SecretFile open(FileChannel file) throws IOException {
    String written = read(file);
    SecretFile open = new SecretFile(file, written.strip());
    if (!isComplete(written)) {
      open.renew();
    }
    return open;
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** The line's end is written last: without it a crash cut the secret short. */
  private static boolean isComplete(String written) {
    return written.matches("[A-Za-z0-9_-]{43,512}\n");
  }

  private static String read(FileChannel file) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(MAX_SIZE);
    while (buffer.hasRemaining() && file.read(buffer) >= 0) {
      // Reads on: a read may bring less than there is.
    }
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
  }

  private static void write(FileChannel file, String line) throws IOException {
    file.truncate(0);
    file.position(0);
    ByteBuffer buffer = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    file.force(true);
  }

  /** Makes a folder that only its owner may open, and those above it that are missing. */
  static void makePrivateFolder(Path folder) throws IOException {
    Path existing = folder.toAbsolutePath();
    while (existing.getParent() != null && Files.notExists(existing)) {
      existing = existing.getParent();
    }
    Files.createDirectories(folder, onlyForOwner(existing, "rwx------"));
  }

  private static FileAttribute<?>[] onlyForOwner(Path near, String permissions) {
    boolean isPosix = near.getFileSystem().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
