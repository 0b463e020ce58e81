package chat.talk.cli;

import chat.talk.Claim;
import chat.talk.UserName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
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
import java.util.Set;
import org.jetbrains.annotations.Nullable;

/**
 * A claim that outlives the program, so that after a crash the name can be taken back before the
 * registry has noticed. The file is locked as long as this is open: the name has one holder on this
 * machine.
 */
final class ClaimFile implements AutoCloseable {
  private static final Set<StandardOpenOption> OPTIONS =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

  /** More than any claim has; a file that is larger is none of ours. */
  private static final int MAX_SIZE = 1024;

  private final FileChannel file;
  private final Claim claim;

  private ClaimFile(FileChannel file, Claim claim) {
    this.file = file;
    this.claim = claim;
  }

  /**
   * Opens the claim of a name, or makes a new one.
   *
   * @throws Failure when another process has it open, or the file cannot be used
   */
  static ClaimFile open(Path folder, String registry, UserName name) {
    Path path = folder.resolve(folderName(registry)).resolve(name.value());
    try {
      makePrivateFolder(path.getParent());
      FileChannel file = FileChannel.open(path, OPTIONS, onlyForOwner(path, "rw-------"));
      try {
        return locked(file, name);
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      String problem = "cannot keep the claim in " + path + " (TALK_HOME says where): ";
      throw new Failure(ExitCode.FAILED, problem + Printable.reason(e), e);
    }
  }

  Claim claim() {
    return claim;
  }

  private static ClaimFile locked(FileChannel file, UserName name) throws IOException {
    if (lock(file) == null) {
      String problem = "another talk on this machine is " + name + " already";
      throw new Failure(ExitCode.NAME_TAKEN, problem);
    }
    String written = read(file);
    if (isComplete(written)) {
      return new ClaimFile(file, Claim.of(written.strip()));
    }
    Claim claim = Claim.random();
    write(file, claim.secret().orElseThrow() + "\n");
    return new ClaimFile(file, claim);
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

  private static String folderName(String registry) {
    return URLEncoder.encode(RegistryKey.of(registry), StandardCharsets.UTF_8);
  }

  private static void makePrivateFolder(Path folder) throws IOException {
    Path existing = folder;
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
