package chat.talk.bench;

import chat.talk.room.Token;
import java.util.ArrayList;
import java.util.List;

/** How a server is spoken to. */
enum Wire {
  /** A hub of Talk. */
  TALK("/v1/ws") {
    @Override
    String hello(int user, String room) {
      return """
          {"type":"connect","login":{"type":"newUser","user":"%s","token":"%s"}}"""
          .formatted(named(user), Token.random().secret());
    }

    @Override
    String send(String room, String text) {
      return """
          {"type":"send","request":%s,"chat":"%s","text":"%s"}"""
          .formatted(FIRST_REQUEST, room, text);
    }

    @Override
    List<String> make(String room, List<Integer> guests) {
      String create =
          """
          {"type":"create","request":1,"chat":"%s","title":"%s"}"""
              .formatted(room, room);
      List<String> frames = new ArrayList<>(List.of(create));
      guests.forEach(guest -> frames.add(invite(room, guest)));
      return frames;
    }

    @Override
    List<String> enter(String room) {
      return List.of(
          """
          {"type":"accept","request":1,"chat":"%s"}"""
              .formatted(room));
    }
  },

  /** {@link BareNetty}. */
  NETTY("/") {
    @Override
    String hello(int user, String room) {
      return "join " + room;
    }

    @Override
    String send(String room, String text) {
      return text;
    }

    @Override
    List<String> make(String room, List<Integer> guests) {
      return List.of();
    }

    @Override
    List<String> enter(String room) {
      return List.of();
    }
  };

  /** The room in which everybody is who connects. */
  static final String GENERAL = "general";

  /** Stands for the request's number in a frame, which has as many digits. */
  static final String FIRST_REQUEST = "10000000";

  private final String path;

  Wire(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  /** A client's first frame. */
  abstract String hello(int user, String room);

  /** A frame that sends a text. */
  abstract String send(String room, String text);

  /** Frames that make a room and let others in, each of which is answered. */
  abstract List<String> make(String room, List<Integer> guests);

  /** Frames by which somebody who was let in comes in, each of which is answered. */
  abstract List<String> enter(String room);

  private static String named(int user) {
    return "user-" + user;
  }

  private static String invite(String room, int guest) {
    return """
        {"type":"invite","request":1,"chat":"%s","user":"%s"}"""
        .formatted(room, named(guest));
  }
}
