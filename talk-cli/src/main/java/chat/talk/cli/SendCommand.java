package chat.talk.cli;

import chat.talk.Recipient;
import chat.talk.UserName;
import java.util.List;
import java.util.concurrent.Callable;
import org.jetbrains.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "send",
    description = {
      "Send one message to a hub and end: with 0 when it is stored there.",
      "May run beside '${ROOT-COMMAND-NAME} join' of the same name."
    },
    versionProvider = Version.class,
    sortOptions = false)
final class SendCommand implements Callable<Integer> {
  @Mixin JoinOptions options;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "TEXT",
      description = "What to say; a single - reads it from stdin.")
  List<String> words;

  @ArgGroup @Nullable Where where;

  @Mixin CommonOptions common;

  /** To whom; the general chat unless given. */
  static final class Where {
    @Option(
        names = "--to",
        paramLabel = "USER",
        converter = PeerCommand.NameConverter.class,
        description = "Send it to a user.")
    @Nullable
    UserName user;

    @Option(
        names = "--chat",
        paramLabel = "CHAT",
        description = "Send it into a chat: its id or title (default: the general chat).")
    @Nullable
    String chat;
  }

  @Override
  public Integer call() {
    return SendProgram.run(this);
  }

  /** The user, when there is one. */
  @Nullable
  Recipient user() {
    return where == null ? null : where.user;
  }

  String chat() {
    return where == null || where.chat == null ? Rooms.GENERAL.value() : where.chat;
  }
}
