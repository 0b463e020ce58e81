package chat.talk.cli;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.jdbc.Database;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.Callable;
import okio.BufferedSink;
import okio.Okio;
import org.jetbrains.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    description = {
      "Write a chat to stdout, up to where it ends now: one JSON object a line for each entry.",
      "A hub may go on meanwhile."
    },
    versionProvider = Version.class,
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {
  @Option(names = "--chat", paramLabel = "ID", required = true, description = "Which chat.")
  private String chat;

  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "Begin behind the entry of which an earlier export has said this cursor.")
  private @Nullable String after;

  @Mixin DatabaseOptions database;
  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    ChatId id = ChatId.of(chat);
    Cursor from = after == null ? Cursor.START : Cursor.parse(after);
    try (Database opened = database.openExisting()) {
      // Not closed: it is the process's.
      BufferedSink out = Okio.buffer(Okio.sink(new FileOutputStream(FileDescriptor.out)));
      new Export(opened.history(), id).write(from, out);
    } catch (IOException e) {
      if (!isBrokenPipe(e)) {
        throw new Failure(ExitCode.FAILED, "cannot write: " + Printable.reason(e), e);
      }
    }
    return ExitCode.OK;
  }

  /** Whoever reads has had enough. */
  private static boolean isBrokenPipe(IOException e) {
    return "Broken pipe".equals(e.getMessage());
  }
}
