package chat.talk.bench;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.util.List;

/** Measures all rows of the table, beside others in the same run; {@code --help} says more. */
public final class Performance {
  private static final String PINNED = "pinned";
  private static final String HELP =
      """
      Usage: talk bench [short|full|ROW] [--out FOLDER] [SERVER...] [NAME=VALUE...]

      Measures a hub on sockets beside others, by turns: each server on the first core, the
      clients on the second. All that readers get is checked for order and completeness.

      short     rows A to H of Talk and bare Netty, once, in less than three minutes; so it
                is unless something else is asked for. Too short to judge by
      full      three runs, all servers that can be had, and the pictures; with talk, netty,
                limit and redis 35 minutes. With fewer runs or seconds nothing is judged
      ROW       one of A to H alone, as in full; growth or crowd: what stands behind a picture,
                and 10,000 clients of whom 1,000 send
      SERVER    only these: SERVERS
      --out     writes performance.md and its pictures into a folder; what was measured in
                full is replaced by no less. Without it, nothing is written
      NAME=VALUE
                rows=AF for these rows alone; runs, seconds, warmup, readers, senders, chats,
                members, window, size, rate and others, which then hold for all rows;
                folder=/tmp for the servers' files; jvm=-Xlog:gc for an option more of the
                servers in Java; history=10000000 for that many messages more in the picture
                of opening

      A  one sends to 1,000 readers         E  memory of an idle connection
      B  ten send to 100 readers            F  connections with login in a second
      C  200 chats of 5, all send           G  one of 20 readers stalls
      D  how long 100 messages/s take       H  acknowledged and on disk
      """;

  private Performance() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    List<String> all = List.of(args);
    if (all.contains("--help") || all.contains("-h")) {
      System.out.print(HELP.replace("SERVERS", String.join(" ", Contenders.names())));
    } else if (!all.isEmpty() && all.get(0).equals(PINNED)) {
      Lifeline.hold();
      System.exit(runUntilEnded(Wish.of(all.subList(1, all.size()))) ? 0 : 1);
    } else {
      System.exit(canRun(all) ? Lifeline.run(command(all)) : 2);
    }
  }

  private static List<String> command(List<String> args) {
    List<String> command =
        ChildProcess.command(
            Cores.pinned(1), Performance.class, List.of("-Xmx3g", Cores.option()), PINNED);
    command.addAll(args);
    return command;
  }

  /** Says why not. */
  private static boolean canRun(List<String> args) {
    try {
      Wish wish = Wish.of(args);
      wish.plan();
      if (wish.out() != null) {
        new Report(wish.out()).check(wish.isWhole());
      }
    } catch (IllegalArgumentException | IOException e) {
      return refuse(e.getMessage() + " (see --help)");
    }
    return Epoll.isAvailable() || refuse("Linux is needed, on x86-64 or aarch64");
  }

  private static boolean refuse(String why) {
    System.err.println("bench: " + why);
    return false;
  }

  private static boolean runUntilEnded(Wish wish) throws Exception {
    try {
      return run(wish);
    } catch (Exception e) {
      if (Leftovers.isEnding()) {
        return false;
      }
      throw e;
    }
  }

  private static boolean run(Wish wish) throws Exception {
    if (!Cores.warning().isEmpty()) {
      System.out.println("beware: " + Cores.warning());
    }
    if (Machine.isBusy()) {
      System.out.println("beware: something else keeps this machine busy");
    }
    if (Machine.isMemory(wish.options().folder())) {
      System.out.println("beware: to store costs nothing in memory; folder=… names a disk");
    }
    if (wish.isCrowd()) {
      return NetCrowd.run(wish.options());
    }
    long begin = System.nanoTime();
    Findings findings = Findings.of(wish.plan(), wish.contenders(), wish.options());
    System.out.println();
    System.out.print(TextTable.of(findings.rows()));
    System.out.printf("took %d s%n", (System.nanoTime() - begin) / 1_000_000_000);
    if (wish.out() != null) {
      new Report(wish.out()).write(findings);
      System.out.println("written: " + wish.out().resolve("performance.md"));
    }
    return findings.isTalkRight();
  }
}
