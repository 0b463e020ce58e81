package chat.talk.cli;

import chat.talk.UserName;
import chat.talk.http.HttpHub;
import chat.talk.http.HttpSettings;
import chat.talk.room.Hub;
import chat.talk.room.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetbrains.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which hub, and who comes to it. */
@Command
final class JoinOptions {
  /** Not an option: other users of the machine can read a process's options. */
  static final String PASSWORD = "TALK_PASSWORD";

  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "The hub, such as http://127.0.0.1:8000.")
  String url;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      converter = PeerCommand.NameConverter.class,
      description = "Who you are: 1 to 64 letters, digits, - _ and .")
  UserName name;

  @Option(
      names = "--password",
      description = {
        "Come as a user who is there already and has set a password with :password.",
        "It is asked for, or read out of the environment: $$" + PASSWORD + "."
      })
  private boolean withPassword;

  @Option(
      names = "--token",
      paramLabel = "FILE",
      description = "Come as the user of the device whose token the file holds.")
  private @Nullable Path token;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "Trust these certificates (PEM) when connecting, besides the JDK's.")
  private @Nullable Path trust;

  Hub hub() {
    return hub(url, trust);
  }

  /** The hub at a URL, which trusts further certificates when there are any. */
  static Hub hub(String url, @Nullable Path trust) {
    HttpSettings settings = HttpSettings.defaults();
    return HttpHub.at(
        url, trust == null ? settings : settings.withTrust(TlsOptions.readable("--trust", trust)));
  }

  Arrival arrival(Hub hub) {
    return new Arrival(hub, new Devices(TalkHome.tokens(), url, name), password(), voucher(token));
  }

  private @Nullable String password() {
    if (!withPassword) {
      return null;
    }
    String given = System.getenv(PASSWORD);
    return given == null ? asked() : given;
  }

  private static String asked() {
    java.io.Console console = Consoles.isTerminal() ? System.console() : null;
    char[] typed = console == null ? null : console.readPassword("password: ");
    if (typed == null) {
      throw new Failure(ExitCode.USAGE, "--password: there is none in $" + PASSWORD);
    }
    return new String(typed);
  }

  /** The token in a file; null when there is no file. */
  static @Nullable Token voucher(@Nullable Path token) {
    if (token == null) {
      return null;
    }
    try {
      return Token.of(Files.readString(TlsOptions.readable("--token", token)).strip());
    } catch (IOException e) {
      throw new Failure(ExitCode.USAGE, "--token: " + Printable.reason(e), e);
    }
  }
}
