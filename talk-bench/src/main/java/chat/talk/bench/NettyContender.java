package chat.talk.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@link BareNetty}. */
final class NettyContender implements Contender {
  @Override
  public String name() {
    return "netty";
  }

  @Override
  public String title() {
    return "bare Netty";
  }

  @Override
  public ServerProcess start(Path folder, List<String> jvmOptions) throws IOException {
    return ServerProcess.java(this, folder, jvmOptions);
  }

  @Override
  public Conversation converse(
      Conversation.Client client, MarkScanner marks, int user, String room) {
    return new Joining(client, marks, room);
  }

  @Override
  public byte[] send(String room, String text) {
    return ClientText.frame(text);
  }

  private static final class Joining extends WebSocketConversation {
    private static final int JOINED_LENGTH = "joined".length();

    private final String room;

    Joining(Client client, MarkScanner marks, String room) {
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
}
