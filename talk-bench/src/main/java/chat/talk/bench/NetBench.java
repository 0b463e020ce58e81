package chat.talk.bench;

import java.util.List;
import java.util.Locale;

/**
 * A hub on sockets, beside a broadcast in bare Netty: each in a process of its own on the first
 * core, the clients in this one on the second. Every reader's messages are checked for order and
 * completeness.
 *
 * <p>The first argument says what is measured:
 *
 * <ul>
 *   <li>{@code A}: one sends to 1,000 readers, 256 messages on their way.
 *   <li>{@code B}: ten send to 100 readers.
 *   <li>{@code C}: 200 chats of five members, all of whom send, each once he has got his last one.
 *   <li>{@code D}: how long 100 messages a second take to 1,000 readers.
 *   <li>{@code E}: memory for each of 10,000 idle connections.
 *   <li>{@code F}: connections with login in a second.
 *   <li>{@code G}: one of 20 readers stalls.
 *   <li>{@code growth}: what a login and a delivery cost a server with many connections.
 *   <li>{@code crowd}: 10,000 clients on one hub, 1,000 of whom send.
 * </ul>
 *
 * <p>Then may follow names of contenders, such as {@code talk}, for these alone, and settings:
 * {@code runs=3 seconds=5 warmup=10 readers=1000 senders=10 chats=200 members=5 window=256 size=128
 * rate=100 folder=/tmp}; {@code jvm} gives the servers' JVM an option more.
 */
public final class NetBench {
  private static final String PINNED = "pinned";

  private NetBench() {}

  /** Runs one of the benchmarks. */
  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals(PINNED)) {
      Lifeline.hold();
      run(List.of(args).subList(1, args.length));
      System.exit(0);
    }
    List<String> command =
        ChildProcess.command(
            Cores.pinned(1), NetBench.class, List.of("-Xmx3g", Cores.option()), PINNED);
    command.addAll(List.of(args));
    System.exit(Lifeline.run(command));
  }

  private static void run(List<String> args) throws Exception {
    List<String> words = args.stream().filter(arg -> !arg.contains("=")).toList();
    NetOptions options = NetOptions.of(args.stream().filter(arg -> arg.contains("=")).toList());
    String what = words.isEmpty() ? "A" : words.get(0);
    if (what.equals("crowd")) {
      NetCrowd.run(options);
      return;
    }
    NetRow row = NetRows.of(what, options);
    List<Contender> contenders =
        Contenders.forRow(what, Contenders.present(words.stream().skip(1).toList()));
    Result result = new Comparison(what, row, options).run(contenders);
    for (String name : result.figures().keySet()) {
      System.out.println(what + " " + name + ": " + result.median(name).text());
    }
    printRatio(result);
  }

  private static void printRatio(Result result) {
    double ratio = result.ratio(Contenders.NETTY.title());
    if (!Double.isNaN(ratio)) {
      System.out.printf(
          Locale.ROOT,
          "%s Talk / bare Netty: %.2f (%s is better)%n",
          result.key(),
          ratio,
          result.isMoreBetter() ? "more" : "less");
    }
  }
}
