package chat.talk.bench;

import java.nio.file.Path;
import java.util.List;

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
    List<String> rest = List.of(args).stream().skip(1).toList();
    Path folder = Path.of(rest.isEmpty() ? "." : rest.get(0));
    int number = rest.size() > 1 ? Integer.parseInt(rest.get(1)) : 0;
    int times = rest.size() > 2 ? Integer.parseInt(rest.get(2)) : 3;
    switch (args.length > 0 ? args[0] : "rate") {
      case "rate" -> StorageRate.run(folder, number == 0 ? 5 : number, times);
      case "lone" -> StorageLone.run(folder, number == 0 ? 5 : number, times);
      case "history" -> StorageHistory.run(folder, number == 0 ? 10_000_000 : number);
      default -> System.out.println("rate, lone or history, but not " + args[0]);
    }
  }
}
