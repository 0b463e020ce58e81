package chat.talk.bench;

import java.util.List;

/** All servers that can be measured, Talk first. */
final class Contenders {
  static final Contender TALK = new TalkContender();
  static final Contender NETTY = new NettyContender();

  private static final List<Contender> ALL =
      List.of(
          TALK,
          NETTY,
          new LimitContender(),
          new RedisContender(),
          new NatsContender(),
          new MosquittoContender(),
          new SocketIoContender(),
          new ProsodyContender());

  private Contenders() {}

  static List<Contender> all() {
    return ALL;
  }

  /** Those that were asked for, or else all; without those that can't be had, which it says. */
  static List<Contender> present(List<String> names) {
    List<Contender> asked = names.isEmpty() ? ALL : names.stream().map(Contenders::named).toList();
    return asked.stream().filter(Contenders::isThere).toList();
  }

  private static boolean isThere(Contender contender) {
    String obstacle = contender.obstacle();
    if (obstacle != null) {
      System.out.println("without " + contender.title() + ": " + obstacle);
    }
    return obstacle == null;
  }

  static List<Contender> forRow(String row, List<Contender> contenders) {
    return contenders.stream().filter(contender -> contender.takesPartIn(row)).toList();
  }

  static List<String> names() {
    return ALL.stream().map(Contender::name).toList();
  }

  static Contender named(String name) {
    return ALL.stream()
        .filter(contender -> contender.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("one of " + names() + ", but not " + name));
  }
}
