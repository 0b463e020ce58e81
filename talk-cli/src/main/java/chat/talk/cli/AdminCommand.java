package chat.talk.cli;

import chat.talk.UserName;
import chat.talk.cli.PeerCommand.NameConverter;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.HubClientBuilder;
import chat.talk.room.Token;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jetbrains.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "admin",
    description = {
      "Look after a hub, as one whom it was told by --admin.",
      "Without --token, the token is the one that the hub keeps in its folder."
    },
    versionProvider = Version.class,
    sortOptions = false,
    synopsisSubcommandLabel = "TASK",
    footer = {"", "Options for the hub stand before the task."})
final class AdminCommand implements Runnable {
  private static final String ID = "As 'connections' lists it.";
  private static final String REASON = "Why, for the audit log (default: ${DEFAULT-VALUE}).";

  @Mixin private HubOptions hub;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      converter = NameConverter.class,
      description = "Who you are (default: the only administrator in the folder).")
  private @Nullable UserName name;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "${env:TALK_DATA:-talk-data}",
      description = "The hub's folder (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Mixin private TokenOption token;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Mixin CommonOptions common;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a task is missing");
  }

  @Command(name = "connections", description = "List who is connected.")
  int connections(@Mixin CommonOptions options) {
    return perform(AdminTasks::connections);
  }

  @Command(name = "disconnect", description = "Close a connection; its client may come back.")
  int disconnect(
      @Parameters(paramLabel = "ID", description = ID) long id, @Mixin CommonOptions options) {
    return perform(tasks -> tasks.disconnect(id));
  }

  @Command(name = "check", description = "Ask whether a connection still takes what it is sent.")
  int check(
      @Parameters(paramLabel = "ID", description = ID) long id, @Mixin CommonOptions options) {
    return perform(tasks -> tasks.check(id));
  }

  @Command(name = "bans", description = "List who is banned.")
  int bans(@Mixin CommonOptions options) {
    return perform(AdminTasks::bans);
  }

  @Command(name = "ban", description = "Ban a user.")
  int ban(
      @Parameters(paramLabel = "USER", converter = NameConverter.class) UserName user,
      @Option(
              names = "--for",
              paramLabel = "TIME",
              defaultValue = "4h",
              converter = DurationConverter.class,
              description = "For how long (default: ${DEFAULT-VALUE}).")
          Duration length,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              required = true,
              description = "Why, for the audit log.")
          String reason,
      @Mixin CommonOptions options) {
    return perform(tasks -> tasks.ban(user, length, reason));
  }

  @Command(name = "unban", description = "Undo a ban, and the reports that led to it.")
  int unban(
      @Parameters(paramLabel = "USER", converter = NameConverter.class) UserName user,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              defaultValue = "by an administrator",
              description = REASON)
          String reason,
      @Mixin CommonOptions options) {
    return perform(tasks -> tasks.unban(user, reason));
  }

  @Command(name = "reports", description = "List the reports about a user that count.")
  int reports(
      @Parameters(paramLabel = "USER", converter = NameConverter.class) UserName user,
      @Mixin CommonOptions options) {
    return perform(tasks -> tasks.reports(user));
  }

  @Command(name = "audit", description = "List the latest decisions about users.")
  int audit(
      @Option(
              names = "--count",
              paramLabel = "N",
              defaultValue = "100",
              description = "How many (default: ${DEFAULT-VALUE}).")
          int count,
      @Mixin CommonOptions options) {
    return perform(tasks -> tasks.audit(count));
  }

  private int perform(Consumer<AdminTasks> task) {
    try (Exit exit = Exit.ready()) {
      Hub opened = exit.opening(hub::open);
      UserName who = name == null ? onlyOne() : name;
      Arrival arrival =
          new Arrival(opened, new Devices(TalkHome.tokens(), hub.url, who), null, voucher(who));
      SecretFile file = exit.opening(arrival.devices()::awaitScript);
      HubClient me = exit.opening(() -> arrival.further(file, HubClientBuilder::readsByItself));
      task.accept(new AdminTasks(me, Consoles.plain(json)));
      return ExitCode.OK;
    }
  }

  private UserName onlyOne() {
    List<UserName> names = Administrators.in(data).names();
    if (names.size() != 1) {
      String found = names.isEmpty() ? "has no administrator" : "has several: " + names;
      throw new Failure(ExitCode.USAGE, "--name is missing, and the folder " + data + " " + found);
    }
    return names.get(0);
  }

  /** The token that was given, or the hub's own copy where this program can read it. */
  private @Nullable Token voucher(UserName who) {
    Path kept = Administrators.in(data).token(who);
    return !token.isGiven() && Files.isReadable(kept) ? TokenOption.in(kept) : token.token();
  }
}
