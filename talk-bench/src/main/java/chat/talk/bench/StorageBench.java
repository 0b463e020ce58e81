package chat.talk.bench;

import java.nio.file.Path;

/**
 * What storage in a database takes: SQLite in a file, unless a JDBC URL is given.
 *
 * <p>The first argument says what is measured:
 *
 * <ul>
 *   <li>{@code rate}: messages of 128 bytes, acknowledged once they are on disk, 256 of them on
 *       their way at a time: through a hub, into its storage directly, and by a bare loop of JDBC
 *       that writes the same rows in groups of the same size into a file of its own. Further
 *       arguments: a folder for the files, seconds (5), how many times (3).
 *   <li>{@code lone}: how long one sender waits for each of his messages, beside a bare commit.
 *   <li>{@code history}: 10 million messages: how long a hub takes to open, a page, what is unread.
 *       Further argument: how many messages.
 * </ul>
 */
public final class StorageBench {
  private StorageBench() {}

  /** Runs one of the benchmarks. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args.length > 1 ? args[1] : ".");
    int seconds = Arguments.number(args, 2, 5);
    int times = Arguments.number(args, 3, 3);
    switch (args.length > 0 ? args[0] : "rate") {
      case "rate" -> StorageRate.run(folder, seconds, times);
      case "lone" -> StorageLone.run(folder, seconds, times);
      case "history" -> StorageHistory.run(folder, Arguments.number(args, 2, 10_000_000));
      default -> Arguments.refuse("rate, lone or history, but not " + args[0]);
    }
  }
}
