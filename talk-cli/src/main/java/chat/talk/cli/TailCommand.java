package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.Cursor;
import java.util.concurrent.Callable;
import org.jetbrains.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "tail",
    description = {
      "Print what is said on a hub as it comes, until Ctrl-C.",
      "May run beside '${ROOT-COMMAND-NAME} join' of the same name, and takes nothing as read."
    },
    versionProvider = Version.class,
    sortOptions = false)
final class TailCommand implements Callable<Integer> {
  @Mixin JoinOptions options;

  @Option(
      names = "--chat",
      paramLabel = "CHAT",
      description = "Only this chat: its id or title (default: all of yours).")
  @Nullable
  String chat;

  @Option(
      names = "--from",
      paramLabel = "CURSOR",
      converter = CursorConverter.class,
      description = {
        "Begin behind this place of the chat, as --json shows it, or at its start",
        "with 'start' (default: what comes from now on)."
      })
  @Nullable
  Cursor from;

  @Option(names = "--count", paramLabel = "N", description = "End after so many entries.")
  @Nullable
  Integer count;

  @Option(names = "--json", description = "Print entries as JSON, one a line.")
  boolean json;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    return TailProgram.run(this);
  }

  static final class CursorConverter implements ITypeConverter<Cursor> {
    @Override
    public Cursor convert(String value) {
      try {
        return value.equals("start") ? Cursor.START : Cursor.parse(value);
      } catch (ChatException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
