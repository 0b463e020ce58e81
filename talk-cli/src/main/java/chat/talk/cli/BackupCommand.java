package chat.talk.cli;

import chat.talk.jdbc.Backup.Contents;
import chat.talk.jdbc.Database;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "backup",
    description = {
      "Save a database in FILE, as it is at one moment; a hub may go on meanwhile.",
      "FILE is a SQLite database, whichever kind it is made of. It is there whole or not at all,",
      "and only you may read it: it holds all that people have said."
    },
    versionProvider = Version.class,
    sortOptions = false)
final class BackupCommand implements Callable<Integer> {
  @Mixin BackupOptions options;
  @Mixin DatabaseOptions database;
  @Mixin CommonOptions common;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (Database opened = database.openExisting()) {
      Contents contents = options.backup().save(opened);
      say("saved in " + options.file + ": " + BackupOptions.describe(contents));
    }
    return ExitCode.OK;
  }

  private void say(String line) {
    spec.commandLine().getErr().println(Printable.line(line));
  }
}
