package chat.talk.bench;

/** {@link SocketIoServer}, spoken to by Socket.IO's protocol 5 in WebSocket frames. */
final class SocketIoContender extends JavaContender {
  SocketIoContender() {
    super("socketio", "netty-socketio");
  }

  @Override
  public double mostDeliveries() {
    return 50_000;
  }

  @Override
  public Conversation converse(
      Conversation.Client client, MarkScanner marks, int user, String room) {
    return new Joining(client, marks, room);
  }

  @Override
  public byte[] send(String room, String text) {
    return ClientText.frame(
        """
        42["say",{"room":"%s","text":"%s"}]"""
            .formatted(room, text));
  }

  private static final class Joining extends WebSocketConversation {
    private static final int MESSAGE = '4';
    private static final int EVENT = '2';
    private static final String PONG = "3";
    private static final String CONNECT = "40";

    private final String room;

    Joining(Client client, MarkScanner marks, String room) {
      super(client, marks, "/socket.io/?EIO=4&transport=websocket");
      this.room = room;
    }

    /** The server speaks first. */
    @Override
    public void onOpen() {}

    @Override
    public FrameScanner.Kind kind(byte[] data, int at, long length) {
      return switch (data[at]) {
        case '0' -> answer(CONNECT);
        case '2' -> answer(PONG);
        case MESSAGE -> message(data, at);
        default -> FrameScanner.Kind.TEXT;
      };
    }

    private FrameScanner.Kind message(byte[] data, int at) {
      return switch (data[at + 1]) {
        case '0' -> answer("42[\"join\",\"" + room + "\"]");
        case EVENT -> event(data[at + "42[\"".length()]);
        default -> FrameScanner.Kind.TEXT;
      };
    }

    /** Something is said, or one has joined. */
    private FrameScanner.Kind event(byte initial) {
      if (initial == 's') {
        return FrameScanner.Kind.MESSAGES;
      }
      client().onReady();
      return FrameScanner.Kind.PASSED_OVER;
    }

    private FrameScanner.Kind answer(String text) {
      client().write(ClientText.frame(text));
      return FrameScanner.Kind.PASSED_OVER;
    }
  }
}
