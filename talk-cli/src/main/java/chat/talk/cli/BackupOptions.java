package chat.talk.cli;

import chat.talk.jdbc.Backup;
import chat.talk.jdbc.Backup.Contents;
import java.nio.file.Path;
import java.util.Locale;
import org.jetbrains.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which backup. */
@Command
final class BackupOptions {
  @Parameters(paramLabel = "FILE", description = "The backup.")
  Path file;

  @Option(
      names = "--files",
      paramLabel = "FOLDER",
      description = "Where the hub keeps the bytes of files, which are not in its database.")
  private @Nullable Path files;

  @Option(
      names = "--replace",
      description = "Replace what is there already: FILE by a backup, or what the database holds.")
  private boolean replace;

  Backup backup() {
    Backup backup = replace ? Backup.at(file).replacing() : Backup.at(file);
    return files == null ? backup : backup.withFiles(files);
  }

  /** What it holds, as people say it. */
  static String describe(Contents contents) {
    String all =
        count(contents.messages(), "message", "messages")
            + " in "
            + count(contents.chats(), "chat", "chats")
            + ", "
            + count(contents.files(), "file", "files");
    return contents.missing() == 0
        ? all
        : all + "; without the bytes of " + count(contents.missing(), "file", "files");
  }

  private static String count(long count, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
  }
}
