package chat.talk.bench;

/** {@link BareNetty}. */
final class NettyContender extends JavaContender {
  NettyContender() {
    super("netty", "bare Netty");
  }

  @Override
  public Conversation converse(
      Conversation.Client client, MarkScanner marks, int user, String room) {
    return new JoinConversation(client, marks, room);
  }

  @Override
  public byte[] send(String room, String text) {
    return ClientText.frame(text);
  }
}
