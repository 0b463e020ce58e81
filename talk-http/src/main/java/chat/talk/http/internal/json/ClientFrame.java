package chat.talk.http.internal.json;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.room.Command;
import chat.talk.room.Login;
import java.util.List;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/** What a client tells a hub: one JSON object. */
public sealed interface ClientFrame {
  /**
   * Begins the session.
   *
   * @param resume how far the client has come
   * @param window how many entries it takes before it says {@link More}; null when the connection's
   *     own back pressure is all that it needs
   */
  record Connect(Login login, Map<ChatId, Cursor> resume, @Nullable Integer window)
      implements ClientFrame {}

  /**
   * Asks for something.
   *
   * @param request what the answer will carry
   */
  record Ask(long request, Command<?> command) implements ClientFrame {}

  /**
   * Takes more entries.
   *
   * @param entries how many more than before
   */
  record More(int entries) implements ClientFrame {}

  /**
   * Reads a frame.
   *
   * @throws ChatException with INVALID when it is none
   */
  static ClientFrame read(String text) {
    return Json.decode(text, ClientFrame::read);
  }

  /**
   * Reads several frames, all or none.
   *
   * @param text an array of them
   * @throws ChatException with INVALID when one of them is none
   */
  static List<ClientFrame> readAll(String text) {
    return Json.decode(text, in -> Json.array(in, ClientFrame::read));
  }

  /** Writes several frames. */
  static String writeAll(List<String> frames) {
    return "[" + String.join(",", frames) + "]";
  }

  /**
   * A command that is asked without a session.
   *
   * @param login who asks; null when that is told elsewhere
   */
  record Single(@Nullable Login login, Command<?> command) {
    /**
     * Reads one: a command with, maybe, a {@code login} among its fields.
     *
     * @throws ChatException with INVALID when it is none
     */
    public static Single read(String text) {
      return Json.decode(text, Single::read);
    }

    static Single read(JsonIn in) {
      String tag = Json.required(TaggedCodec.tagOf(in), in, TaggedCodec.TAG);
      Login login = TaggedCodec.peek(in, "login", Codecs.LOGINS::read);
      return new Single(login, Codecs.COMMANDS.read(in, tag));
    }

    /** Writes it. */
    public String write() {
      return Json.encode(this::write).text();
    }

    void write(JsonOut out) {
      out.beginObject();
      Codecs.COMMANDS.writeFields(out, command);
      if (login != null) {
        out.name("login");
        Codecs.LOGINS.write(out, login);
      }
      out.endObject();
    }
  }

  /** The request of what is no frame otherwise, so that it can be answered; null without one. */
  static @Nullable Long requestOf(String text) {
    try {
      return Json.decode(text, ClientFrame::skimRequest);
    } catch (ChatException malformed) {
      return null;
    }
  }

  /** Writes a frame. */
  static String write(ClientFrame frame) {
    return Json.encode(out -> write(out, frame)).text();
  }

  private static ClientFrame read(JsonIn in) {
    String tag = Json.required(TaggedCodec.tagOf(in), in, TaggedCodec.TAG);
    return switch (tag) {
      case "connect" -> Codecs.CONNECT.readTagged(in);
      case "more" -> Codecs.MORE.readTagged(in);
      default -> new Ask(request(in), Codecs.COMMANDS.read(in, tag));
    };
  }

  private static long request(JsonIn in) {
    return Json.required(TaggedCodec.peek(in, "request", Values::number), in, "request");
  }

  private static Long skimRequest(JsonIn in) {
    Long request = request(in);
    in.skipValue();
    return request;
  }

  private static void write(JsonOut out, ClientFrame frame) {
    out.beginObject();
    if (frame instanceof Ask ask) {
      out.name("request").value(ask.request);
      Codecs.COMMANDS.writeFields(out, ask.command);
    } else if (frame instanceof Connect connect) {
      out.name(TaggedCodec.TAG).value("connect");
      Codecs.CONNECT.writeFields(out, connect);
    } else {
      out.name(TaggedCodec.TAG).value("more");
      Codecs.MORE.writeFields(out, (More) frame);
    }
    out.endObject();
  }
}
