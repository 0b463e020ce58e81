package chat.talk.cli;

import chat.talk.http.HttpSettings;
import java.nio.file.Path;
import org.jetbrains.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whom to trust when connecting. */
@Command
final class TrustOption {
  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "Trust these certificates (PEM) when connecting, besides the JDK's.")
  private @Nullable Path trust;

  HttpSettings settings() {
    HttpSettings settings = HttpSettings.defaults();
    return trust == null ? settings : settings.withTrust(TlsOptions.readable("--trust", trust));
  }
}
