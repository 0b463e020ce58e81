package chat.talk.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jetbrains.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "join",
    description = {
      "Chat on a hub from this terminal, or from a script through pipes.",
      "The token that the hub knows you by is kept in a file under $$TALK_HOME (~/.talk)."
    },
    versionProvider = Version.class,
    sortOptions = false,
    footer = {"", "Enter :help once you are there."})
final class JoinCommand implements Callable<Integer> {
  @Mixin JoinOptions options;

  @Option(
      names = "--json",
      description = "Print what comes, and the answer to each command, as JSON, one a line.")
  boolean json;

  @Option(
      names = "--outbox",
      paramLabel = "FOLDER",
      description = {
        "Keep here what is sent while the hub is away, until it has it",
        "(default: talk/outbox in $$XDG_DATA_HOME or ~/.local/share; in $$TALK_HOME where set)."
      })
  private @Nullable Path outbox;

  @Mixin CommonOptions common;

  Outboxes outboxes() {
    return new Outboxes(outbox == null ? TalkHome.outboxes() : outbox);
  }

  @Override
  public Integer call() {
    return JoinProgram.run(this);
  }
}
