package chat.talk.bench;

/** {@link BareNetty}. */
final class NettyContender extends JavaContender implements BroadcastContender {
  NettyContender() {
    super("netty", "bare Netty");
  }
}
