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
          new RedisContender(),
          new NatsContender(),
          new MosquittoContender(),
          new SocketIoContender(),
          new ProsodyContender());

  private Contenders() {}

  static List<Contender> all() {
    return ALL;
  }

  static Contender named(String name) {
    return ALL.stream()
        .filter(contender -> contender.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "one of " + ALL.stream().map(Contender::name).toList() + ", but not " + name));
  }
}
