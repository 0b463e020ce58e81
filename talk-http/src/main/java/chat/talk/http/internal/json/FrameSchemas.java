package chat.talk.http.internal.json;

import chat.talk.ChatException;
import chat.talk.http.internal.ErrorStatus;
import chat.talk.room.Command;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/** The schemas of all frames between a hub and its clients, and of errors. */
public final class FrameSchemas {
  private static final Map<String, Object> NUMBER = Map.of("type", "integer", "format", "int64");

  private final Schemas known;

  /** Schemas that refer to those that are kept elsewhere. */
  public FrameSchemas(Schemas known) {
    this.known = known;
  }

  /** A frame of a client. */
  public static Map<String, Object> clientFrame(Schemas known) {
    return anyOf("ClientFrame", new FrameSchemas(known)::ofClients, known);
  }

  /** A frame of a hub. */
  public static Map<String, Object> hubFrame(Schemas known) {
    return anyOf("HubFrame", new FrameSchemas(known)::ofHubs, known);
  }

  private static Map<String, Object> anyOf(
      String name, Supplier<Map<String, Object>> frames, Schemas known) {
    return known.named(name, () -> Map.of("anyOf", List.copyOf(frames.get().values())));
  }

  /** A frame to connect. */
  public static Map<String, Object> connect(Schemas known) {
    return new FrameSchemas(known).frame("connect", Codecs.CONNECT);
  }

  /** By which name a session is known. */
  public static Map<String, Object> session(Schemas known) {
    return Schemas.object(
        Map.of("type", Map.of("const", "session"), "session", Map.of("type", "string")),
        List.of("type", "session"));
  }

  /** What a command came to that was asked alone. */
  public static Map<String, Object> answer(Schemas known) {
    return known.named("Answer", () -> new FrameSchemas(known).answerFrame(false));
  }

  /** Some frames of a hub. */
  public static Map<String, Object> events(Schemas known) {
    return Schemas.list(hubFrame(known));
  }

  /** Some frames of a hub, and where to go on. */
  public static Map<String, Object> eventsAndNext(Schemas known) {
    return Schemas.object(
        Map.of("events", events(known), "next", Map.of("type", "string")),
        List.of("events", "next"));
  }

  /** What clients send, by type. */
  public Map<String, Object> ofClients() {
    Map<String, Object> frames = new LinkedHashMap<>();
    frames.put("connect", frame("connect", Codecs.CONNECT));
    frames.put("more", frame("more", Codecs.MORE));
    Map<String, Object> request = Schemas.object(Map.of("request", NUMBER), List.of("request"));
    for (String tag : Codecs.COMMANDS.allTags()) {
      frames.put(tag, Map.of("allOf", List.of(Codecs.COMMANDS.schema(tag, known), request)));
    }
    return frames;
  }

  /** What hubs send, by type. */
  public Map<String, Object> ofHubs() {
    Map<String, Object> frames = new LinkedHashMap<>();
    frames.put("connected", frame("connected", Codecs.CONNECTED));
    frames.put("answer", answerFrame(true));
    frames.put("error", failure("error"));
    frames.put("entries", entries());
    for (String tag : Codecs.NOTICES.allTags()) {
      frames.put(tag, Codecs.NOTICES.schema(tag, known));
    }
    frames.put("end", failure("end"));
    return frames;
  }

  /** The schema of what a command is answered with; null for one that is only answered. */
  static @Nullable Map<String, Object> answerTo(Class<?> command, Schemas known) {
    Codec<?> codec = Codecs.answer(command);
    return codec == null ? null : codec.schema(known);
  }

  private Map<String, Object> frame(String tag, ObjectCodec<?> codec) {
    return codec.shape(known, Map.of(TaggedCodec.TAG, Map.of("const", tag)));
  }

  private Map<String, Object> tagged(String tag) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(TaggedCodec.TAG, Map.of("const", tag));
    return properties;
  }

  /** What a command came to; a request is answered by its number, one without a session by none. */
  private Map<String, Object> answerFrame(boolean isNumbered) {
    Map<String, Object> properties = tagged("answer");
    if (isNumbered) {
      properties.put("request", NUMBER);
    }
    properties.put("value", Map.of("anyOf", values()));
    return Schemas.object(properties, isNumbered ? List.of("type", "request") : List.of("type"));
  }

  private List<Object> values() {
    return Arrays.stream(Command.class.getPermittedSubclasses())
        .map(command -> answerTo(command, known))
        .filter(schema -> schema != null)
        .distinct()
        .map(Object.class::cast)
        .toList();
  }

  private Map<String, Object> failure(String tag) {
    Map<String, Object> properties = tagged(tag);
    if (tag.equals("error")) {
      properties.put("request", NUMBER);
    }
    properties.put("code", code());
    properties.put("message", Map.of("type", "string"));
    properties.put("retryAt", ValueSchema.TIME.in(known));
    return Schemas.object(properties, List.of("type", "code", "message"));
  }

  private Map<String, Object> code() {
    return ValueSchema.constants(ChatException.Code.values()).in(known);
  }

  private Map<String, Object> entries() {
    Map<String, Object> properties = tagged("entries");
    properties.put(HubFrame.CHAT, ValueSchema.CHAT.in(known));
    properties.put("after", ValueSchema.CURSOR.in(known));
    properties.put("next", ValueSchema.CURSOR.in(known));
    Map<String, Object> entry = Codecs.ENTRIES.schema("EntryInFrame", known, HubFrame.CHAT);
    properties.put("entries", Schemas.list(entry));
    return Schemas.object(properties, List.of("type", HubFrame.CHAT, "after", "next", "entries"));
  }

  /** An error of HTTP, as RFC 9457 says. */
  public Map<String, Object> problem() {
    return known.named(
        "Problem",
        () -> {
          Map<String, Object> properties = new LinkedHashMap<>();
          properties.put("type", Map.of("const", "about:blank"));
          properties.put("title", Map.of("type", "string"));
          properties.put("status", Map.of("type", "integer", "format", "int32"));
          properties.put("detail", Map.of("type", "string"));
          properties.put("code", Schemas.text("^[A-Z_]+$", ErrorStatus.ABOUT_CODES));
          properties.put("retryAt", ValueSchema.TIME.in(known));
          return Schemas.object(properties, List.of("type", "title", "status", "detail", "code"));
        });
  }
}
