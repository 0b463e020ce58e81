package chat.talk.http.internal.json;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.http.WebSocketText;
import chat.talk.http.internal.ErrorStatus;
import chat.talk.room.Blob;
import chat.talk.room.Chunk;
import chat.talk.room.Command;
import java.time.Instant;
import java.util.List;
import java.util.function.LongFunction;
import org.jetbrains.annotations.Nullable;

/** What a hub tells a client: one JSON object. */
public sealed interface HubFrame {
  /** The session has begun. */
  record Connected(UserName user, String device) implements HubFrame {}

  /**
   * What a command came to.
   *
   * @param value null when there is nothing to tell
   */
  record Answer(long request, @Nullable Object value) implements HubFrame {}

  /**
   * What went wrong with a command.
   *
   * @param request null when it could not be told which
   */
  record Failed(@Nullable Long request, ChatException why) implements HubFrame {}

  /** What was added to a chat. */
  record Entries(Chunk chunk) implements HubFrame {}

  /** What stands in no log. */
  record Noticed(Notice notice) implements HubFrame {}

  /** The session has ended, or could not begin. The last frame. */
  record End(ChatException why) implements HubFrame {}

  /** Nothing that this client knows of. */
  record Unknown(String type) implements HubFrame {}

  /** Writes by which name a session is known that has no connection of its own. */
  static byte[] session(String id) {
    return encode("session", out -> out.name("session").value(id)).bytes();
  }

  /**
   * Reads by which name a session is known.
   *
   * @throws ChatException with INVALID when it isn't told
   */
  static String readSession(String text) {
    return Json.decode(
        text,
        in -> {
          String session = null;
          Fields fields = new Fields(in, "session");
          while (fields.next() != Fields.END) {
            session = Json.string(in);
          }
          return Json.required(session, in, "session");
        });
  }

  /**
   * Reads what an upload came to.
   *
   * @throws ChatException with INVALID when it isn't told
   */
  static Blob readBlob(String text) {
    return (Blob) Json.decode(text, in -> Codecs.of(Blob.class).read(in));
  }

  /**
   * Takes an array of frames apart.
   *
   * @return each frame as it stands there
   * @throws ChatException with INVALID when it is no array
   */
  static List<String> split(String text) {
    return Json.decode(text, in -> Json.array(in, frame -> frame.nextSource()));
  }

  /** Writes that the session has begun. */
  static WebSocketText connected(UserName user, String device) {
    Connected connected = new Connected(user, device);
    return encode("connected", out -> Codecs.CONNECTED.writeFields(out, connected)).frame();
  }

  /** Writes what a command came to. */
  static WebSocketText answer(
      long request, Command<?> asked, @Nullable Object value, EntryCache latest) {
    return encode(
            "answer",
            out -> {
              out.name("request").value(request);
              if (value instanceof Entry entry) {
                latest.write(out.name("value"), entry);
              } else {
                writeValue(out, asked, value);
              }
            })
        .frame();
  }

  /** Writes what a command came to that was asked alone. */
  static byte[] answer(Command<?> asked, @Nullable Object value) {
    return encode("answer", out -> writeValue(out, asked, value)).bytes();
  }

  private static void writeValue(JsonOut out, Command<?> asked, @Nullable Object value) {
    if (value != null) {
      out.name("value");
      Codecs.answer(asked).write(out, value);
    }
  }

  /** Writes what went wrong with a command. */
  static WebSocketText failed(@Nullable Long request, ChatException why) {
    return encode(
            "error",
            out -> {
              if (request != null) {
                out.name("request").value(request);
              }
              writeFailure(out, why);
            })
        .frame();
  }

  /** Writes that the session has ended. */
  static WebSocketText end(ChatException why) {
    return encode("end", out -> writeFailure(out, why)).frame();
  }

  /** Writes what was added to a chat. */
  static WebSocketText entries(Chunk chunk, EntryCache latest) {
    return encode(
            "entries",
            out -> {
              out.name(CHAT).value(chunk.chat().value());
              out.name("after").value(chunk.after().toString());
              out.name("next").value(chunk.next().toString());
              out.name("entries");
              latest.writeAll(out, chunk.entries(), chunk.chat());
            })
        .frame();
  }

  /** Writes a notice. */
  static WebSocketText notice(Notice notice) {
    return Json.encode(out -> Codecs.NOTICES.write(out, notice)).frame();
  }

  private static JsonOut encode(String type, Json.Encoder fields) {
    return Json.encode(
        out -> {
          out.beginObject().name(TaggedCodec.TAG).value(type);
          fields.write(out);
          out.endObject();
        });
  }

  /** What the client is not to see stays here. */
  private static void writeFailure(JsonOut out, ChatException why) {
    boolean isInternal = why.code() == Code.INTERNAL;
    out.name("code").value(why.code().name());
    out.name("message").value(isInternal ? "internal error" : why.getMessage());
    if (why.retryAt().isPresent()) {
      out.name("retryAt").value(why.retryAt().get());
    }
  }

  /**
   * Reads a frame.
   *
   * @param asked which command a request was; null when there is none
   * @throws ChatException with INVALID when it is none
   */
  static HubFrame read(String text, LongFunction<@Nullable Command<?>> asked) {
    return Json.decode(text, in -> read(in, asked));
  }

  private static HubFrame read(JsonIn in, LongFunction<@Nullable Command<?>> asked) {
    String tag = Json.required(TaggedCodec.tagOf(in), in, TaggedCodec.TAG);
    return switch (tag) {
      case "connected" -> Codecs.CONNECTED.readTagged(in);
      case "answer" -> readAnswer(in, asked);
      case "error" -> readFailed(in);
      case "end" -> new End(readFailed(in).why);
      case "entries" -> readEntries(in);
      default -> readNotice(in, tag);
    };
  }

  private static HubFrame readNotice(JsonIn in, String tag) {
    if (Codecs.NOTICES.knows(tag)) {
      return new Noticed(Codecs.NOTICES.read(in, tag));
    }
    in.skipValue();
    return new Unknown(tag);
  }

  private static HubFrame readAnswer(JsonIn in, LongFunction<@Nullable Command<?>> asked) {
    long request = Json.required(TaggedCodec.peek(in, "request", Values::number), in, "request");
    return new Answer(request, readValue(in, asked.apply(request)));
  }

  /**
   * Reads what a command came to that was asked alone.
   *
   * @throws ChatException with INVALID when it is no such answer
   */
  static @Nullable Object readAnswer(String text, Command<?> asked) {
    return Json.decode(text, in -> readValue(in, asked));
  }

  private static @Nullable Object readValue(JsonIn in, @Nullable Command<?> command) {
    Codec<Object> codec = command == null ? null : Codecs.answer(command);
    Object value = null;
    Fields fields = new Fields(in, "value", "request", TaggedCodec.TAG);
    for (int field = fields.next(); field != Fields.END; field = fields.next()) {
      if (codec == null || field > 0) {
        in.skipValue();
      } else {
        value = codec.read(in);
      }
    }
    return codec == null ? null : Json.required(value, in, "value");
  }

  private static Failed readFailed(JsonIn in) {
    Long request = null;
    Code code = null;
    String message = "no reason given";
    Instant retryAt = null;
    Fields fields = new Fields(in, "request", "code", "message", "retryAt", TaggedCodec.TAG);
    for (int field = fields.next(); field != Fields.END; field = fields.next()) {
      switch (field) {
        case 0 -> request = Values.number(in);
        case 1 -> code = ErrorStatus.named(Json.string(in)).orElse(Code.REFUSED);
        case 2 -> message = Printable.line(Json.string(in), MESSAGE_LENGTH);
        case 3 -> retryAt = Json.checked(in, Values::instant);
        default -> in.skipValue();
      }
    }
    Code known = Json.required(code, in, "code");
    return new Failed(
        request,
        retryAt == null
            ? new ChatException(known, message)
            : new ChatException(known, message, retryAt));
  }

  /** What a frame of entries tells once for all of them. */
  String CHAT = "chat";

  /** Further characters of an error's message are cut off. */
  int MESSAGE_LENGTH = 500;

  private static ChatId chat(JsonIn in) {
    return Json.checked(in, ChatId::of);
  }

  private static HubFrame readEntries(JsonIn in) {
    ChatId chat = Json.required(TaggedCodec.peek(in, CHAT, HubFrame::chat), in, CHAT);
    Cursor after = null;
    Cursor next = null;
    List<Entry> entries = null;
    Fields fields = new Fields(in, "after", "next", "entries", CHAT, TaggedCodec.TAG);
    for (int field = fields.next(); field != Fields.END; field = fields.next()) {
      switch (field) {
        case 0 -> after = Json.checked(in, Cursor::parse);
        case 1 -> next = Json.checked(in, Cursor::parse);
        case 2 -> entries = Json.array(in, each -> Codecs.ENTRIES.read(each, CHAT, chat));
        default -> in.skipValue();
      }
    }
    return new Entries(
        new Chunk(
            chat,
            Json.required(after, in, "after"),
            Json.required(entries, in, "entries"),
            Json.required(next, in, "next")));
  }
}
