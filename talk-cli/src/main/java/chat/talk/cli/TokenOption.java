package chat.talk.cli;

import chat.talk.room.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetbrains.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which device vouches for this one. */
@Command
final class TokenOption {
  @Option(
      names = "--token",
      paramLabel = "FILE",
      description = "Come as the user of the device whose token the file holds.")
  private @Nullable Path file;

  boolean isGiven() {
    return file != null;
  }

  /** The token; null when there is no file. */
  @Nullable
  Token token() {
    return file == null ? null : in(file);
  }

  /** The token in a file. */
  static Token in(Path file) {
    try {
      return Token.of(Files.readString(TlsOptions.readable("--token", file)).strip());
    } catch (IOException e) {
      throw new Failure(ExitCode.USAGE, "--token: " + Printable.reason(e), e);
    }
  }
}
