package chat.talk.cli;

import chat.talk.UserName;
import chat.talk.room.Hub;
import org.jetbrains.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which hub, and who comes to it. */
@Command
final class JoinOptions {
  /** Not an option: other users of the machine can read a process's options. */
  static final String PASSWORD = "TALK_PASSWORD";

  @Mixin HubOptions hub;

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

  @Mixin private TokenOption token;

  Arrival arrival(Hub opened) {
    return new Arrival(
        opened, new Devices(TalkHome.tokens(), hub.url, name), password(), token.token());
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
}
