package chat.talk.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "talk",
    description = "Chat: on a hub, or from peer to peer where a registry says who lives where.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    subcommands = {
      RegistryCommand.class,
      PeerCommand.class,
      HubCommand.class,
      JoinCommand.class,
      SendCommand.class,
      TailCommand.class,
      SimulateCommand.class,
      AdminCommand.class,
      HealthCommand.class,
      DemoCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      ExportCommand.class,
      BenchCommand.class,
      HelpCommand.class,
      WarmUpCommand.class
    },
    footer = {
      "",
      "Try '${ROOT-COMMAND-NAME} demo' first, and '${ROOT-COMMAND-NAME} COMMAND --help' for the options of"
          + " a command."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all went well",
      "1:a command or a message failed (piped input), whoever was asked for his health is not well,"
          + " or something unforeseen happened",
      "2:an option or its value is wrong",
      "3:the registry or the hub can't be reached",
      "4:the name is taken, or claimed by somebody else",
      "5:cannot listen at the address",
      "128+n:ended by signal n, after unregistering where the signal allows it (Ctrl-C in a chat"
          + " does so with piped input only); a hub ends with 0"
    })
final class TalkCommand implements Runnable {
  @Mixin CommonOptions common;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing; " + Called.NAME + " --help lists them");
  }
}
