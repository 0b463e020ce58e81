package chat.talk.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

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
      run(List.of(args).subList(1, args.length));
      System.exit(0);
    }
    List<String> command =
        ChildProcess.command(Cores.pinned(1), NetBench.class, List.of("-Xmx3g"), PINNED);
    command.addAll(List.of(args));
    System.exit(new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  private static void run(List<String> args) throws Exception {
    List<String> words = args.stream().filter(arg -> !arg.contains("=")).toList();
    NetOptions options = NetOptions.of(args.stream().filter(arg -> arg.contains("=")).toList());
    String what = words.isEmpty() ? "A" : words.get(0);
    if (what.equals("crowd")) {
      NetCrowd.run(options);
      return;
    }
    NetRow row = row(what, options);
    List<Contender> contenders = contenders(what, words.stream().skip(1).toList());
    if (Cores.canOpen(row.connections())) {
      compare(what, row, contenders, options);
    }
  }

  /** Those that were asked for, else all; without those that can't be had. */
  private static List<Contender> contenders(String what, List<String> names) {
    List<Contender> asked =
        names.isEmpty() ? Contenders.all() : names.stream().map(Contenders::named).toList();
    return asked.stream()
        .filter(contender -> contender.takesPartIn(what) && isThere(contender))
        .toList();
  }

  private static boolean isThere(Contender contender) {
    String obstacle = contender.obstacle();
    if (obstacle != null) {
      System.out.println("without " + contender.title() + ": " + obstacle);
    }
    return obstacle == null;
  }

  private static NetRow row(String what, NetOptions options) {
    return switch (what) {
      case "A" -> NetFanout.general(options, 1, 1000);
      case "B" -> NetFanout.general(options, 10, 100);
      case "C" -> NetFanout.chats(options);
      case "D" -> new NetLatency(options);
      case "E" -> new NetIdle(options);
      case "F" -> new NetLogins(options);
      case "G" -> new NetStall(options);
      default -> throw new IllegalArgumentException("A to G or crowd, but not " + what);
    };
  }

  /** The servers take turns, so that what is compared was measured at about the same time. */
  private static void compare(
      String what, NetRow row, List<Contender> contenders, NetOptions options) throws Exception {
    Map<Contender, List<NetRow.Figure>> figures = new LinkedHashMap<>();
    for (int run = 0; run < options.number("runs", 3); run++) {
      for (Contender contender : contenders) {
        NetRow.Figure figure = measure(row, contender, options);
        System.out.println("  " + what + " " + contender.title() + ": " + figure.text());
        figures.computeIfAbsent(contender, absent -> new ArrayList<>()).add(figure);
      }
    }
    figures.forEach(
        (contender, all) ->
            System.out.println(what + " " + contender.title() + ": " + median(all).text()));
    if (figures.keySet().containsAll(List.of(Contenders.TALK, Contenders.NETTY))) {
      NetRow.Figure talk = median(figures.get(Contenders.TALK));
      printRatio(what, row, talk, median(figures.get(Contenders.NETTY)));
    }
  }

  private static NetRow.Figure median(List<NetRow.Figure> figures) {
    return figures.stream()
        .sorted(Comparator.comparingDouble(NetRow.Figure::value))
        .toList()
        .get(figures.size() / 2);
  }

  private static void printRatio(String what, NetRow row, NetRow.Figure talk, NetRow.Figure netty) {
    System.out.printf(
        Locale.ROOT,
        "%s Talk / bare Netty: %.2f (%s is better)%n",
        what,
        (talk.value() - (talk.aside() - netty.aside())) / netty.value(),
        row.isMoreBetter() ? "more" : "less");
  }

  private static NetRow.Figure measure(NetRow row, Contender contender, NetOptions options)
      throws Exception {
    Path folder = Files.createTempDirectory(options.folder(), "netbench");
    try (ServerProcess server = contender.start(folder, jvmOptions(row, options))) {
      return row.measure(server);
    } finally {
      delete(folder);
    }
  }

  private static List<String> jvmOptions(NetRow row, NetOptions options) {
    return Stream.concat(Stream.of(row.jvmOptions()), options.jvm().stream()).toList();
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
