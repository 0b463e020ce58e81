package chat.talk.bench;

import chat.talk.room.Token;
import java.util.ArrayList;
import java.util.List;

/** A hub of Talk, which stores every message in a file before anybody gets it. */
final class TalkContender extends JavaContender {
  /** The least that tells what a frame is. */
  private static final int TYPE_LENGTH = 16;

  TalkContender() {
    super("talk", "Talk");
  }

  @Override
  public Conversation converse(
      Conversation.Client client, MarkScanner marks, int user, String room) {
    return new Talking(client, marks, user);
  }

  @Override
  public byte[] send(String room, String text) {
    return ClientText.frame(
        """
        {"type":"send","request":%s,"chat":"%s","text":"%s"}"""
            .formatted(FIRST_REQUEST, room, text));
  }

  @Override
  public List<byte[]> make(String room, List<Integer> guests) {
    String create =
        """
        {"type":"create","request":1,"chat":"%s","title":"%s"}"""
            .formatted(room, room);
    List<byte[]> frames = new ArrayList<>(List.of(ClientText.frame(create)));
    guests.forEach(guest -> frames.add(ClientText.frame(invite(room, guest))));
    return frames;
  }

  private static String invite(String room, int guest) {
    return """
        {"type":"invite","request":1,"chat":"%s","user":"%s"}"""
        .formatted(room, named(guest));
  }

  @Override
  public List<byte[]> enter(String room) {
    return List.of(
        ClientText.frame(
            """
            {"type":"accept","request":1,"chat":"%s"}"""
                .formatted(room)));
  }

  private static String named(int user) {
    return "user-" + user;
  }

  private static final class Talking extends WebSocketConversation {
    private final int user;

    Talking(Client client, MarkScanner marks, int user) {
      super(client, marks, "/v1/ws");
      this.user = user;
    }

    @Override
    public void onOpen() {
      String hello =
          """
          {"type":"connect","login":{"type":"newUser","user":"%s","token":"%s"}}"""
              .formatted(named(user), Token.random().secret());
      client().write(ClientText.frame(hello));
    }

    @Override
    public FrameScanner.Kind kind(byte[] data, int at, long length) {
      if (length < TYPE_LENGTH || is(data, at, 'e', 'r') || is(data, at, 'e', 'n', 'd')) {
        return FrameScanner.Kind.TEXT;
      }
      if (is(data, at, 'e', 'n')) {
        return FrameScanner.Kind.MESSAGES;
      }
      if (is(data, at, 'a', 'n')) {
        client().onAnswer();
      } else if (is(data, at, 'c', 'o', 'n')) {
        client().onReady();
      }
      return FrameScanner.Kind.PASSED_OVER;
    }

    /** Whether that is how the type of a frame of JSON begins. */
    private static boolean is(byte[] data, int at, char... begin) {
      int type = at + "{\"type\":\"".length();
      for (int i = 0; i < begin.length; i++) {
        if (data[type + i] != begin[i]) {
          return false;
        }
      }
      return data[at] == '{';
    }
  }
}
