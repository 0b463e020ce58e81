package chat.talk.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jetbrains.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The certificate of whatever listens. */
@Command
final class TlsOptions {
  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Serve TLS with this certificate chain (PEM).")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The certificate's private key (PEM, PKCS #8).")
  private @Nullable Path key;

  /** Whether TLS is asked for; what is given fits together then. */
  boolean areGiven() {
    if ((certificate == null) != (key == null)) {
      throw new Failure(ExitCode.USAGE, "--tls-cert and --tls-key go together");
    }
    return certificate != null;
  }

  Path certificate() {
    return readable("--tls-cert", certificate);
  }

  Path key() {
    return readable("--tls-key", key);
  }

  static Path readable(String option, @Nullable Path file) {
    if (file == null || !Files.isReadable(file) || Files.isDirectory(file)) {
      throw new Failure(ExitCode.USAGE, option + ": cannot read the file " + file);
    }
    return file;
  }
}
