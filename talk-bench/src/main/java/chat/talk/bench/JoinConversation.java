package chat.talk.bench;

/** How {@link BareNetty} is spoken to: what is sent first says which room it is. */
final class JoinConversation extends WebSocketConversation {
  private static final int JOINED_LENGTH = "joined".length();

  private final String room;

  JoinConversation(Client client, MarkScanner marks, String room) {
    super(client, marks, "/");
    this.room = room;
  }

  @Override
  public void onOpen() {
    client().write(ClientText.frame("join " + room));
  }

  @Override
  public FrameScanner.Kind kind(byte[] data, int at, long length) {
    if (length > JOINED_LENGTH) {
      return FrameScanner.Kind.MESSAGES;
    }
    client().onReady();
    return FrameScanner.Kind.PASSED_OVER;
  }
}
