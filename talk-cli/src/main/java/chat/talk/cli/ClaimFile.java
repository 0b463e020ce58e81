package chat.talk.cli;

import chat.talk.Claim;
import chat.talk.UserName;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A claim that outlives the program, so that after a crash the name can be taken back before the
 * registry has noticed. The file is locked as long as this is open: the name has one holder on this
 * machine.
 */
final class ClaimFile implements AutoCloseable {
  private final SecretFile file;

  private ClaimFile(SecretFile file) {
    this.file = file;
  }

  /**
   * Opens the claim of a name, or makes a new one.
   *
   * @throws Failure when another process has it open, or the file cannot be used
   */
  static ClaimFile open(Path folder, String registry, UserName name) {
    Path path = folder.resolve(folderName(registry)).resolve(name.value());
    try {
      SecretFile file = SecretFile.tryOpen(path);
      if (file == null) {
        String problem = "another talk on this machine is " + name + " already";
        throw new Failure(ExitCode.NAME_TAKEN, problem);
      }
      return new ClaimFile(file);
    } catch (IOException e) {
      String problem = "cannot keep the claim in " + path + " (TALK_HOME says where): ";
      throw new Failure(ExitCode.FAILED, problem + Printable.reason(e), e);
    }
  }

  Claim claim() {
    return Claim.of(file.secret());
  }

  /** The folder for what is kept for one service, however its URL is spelled. */
  static String folderName(String url) {
    return URLEncoder.encode(RegistryKey.of(url), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    file.close();
  }
}
