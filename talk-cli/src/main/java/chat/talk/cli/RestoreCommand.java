package chat.talk.cli;

import chat.talk.jdbc.Backup.Contents;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "restore",
    description = {
      "Put the backup FILE into a database, whole or not at all; no hub may use it meanwhile.",
      "Clients are told that what was said since the backup is lost, and read on from there."
    },
    versionProvider = Version.class,
    sortOptions = false)
final class RestoreCommand implements Callable<Integer> {
  @Mixin BackupOptions options;
  @Mixin DatabaseOptions database;
  @Mixin CommonOptions common;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Contents contents = options.backup().restore(database.builder());
    String what = BackupOptions.describe(contents) + ", as of " + contents.time();
    spec.commandLine().getErr().println(Printable.line("restored: " + what));
    return ExitCode.OK;
  }
}
