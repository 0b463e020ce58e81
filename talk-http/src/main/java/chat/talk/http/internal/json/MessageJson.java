package chat.talk.http.internal.json;

import chat.talk.ChatException;
import chat.talk.Envelope;
import chat.talk.MessageId;
import chat.talk.UserName;
import org.jetbrains.annotations.Nullable;

/** What goes from peer to peer. */
public final class MessageJson {
  private static final String[] FIELDS = {"user", "text", "id", "to"};
  private static final String[] ID_ONLY = {"id"};

  private MessageJson() {}

  /**
   * A message that came in.
   *
   * @param hasOwnId whether the sender gave the id, and so knows it
   */
  public record Incoming(Envelope envelope, boolean hasOwnId) {}

  /** Reads a message; one without an id gets a random one. */
  public static Incoming decode(String text) {
    return Json.decode(text, MessageJson::read);
  }

  /** The id of what is no message otherwise, so that it can be answered; null when it has none. */
  public static @Nullable MessageId idOf(String text) {
    try {
      return Json.decode(text, MessageJson::readId);
    } catch (ChatException malformed) {
      return null;
    }
  }

  /** Writes a message, as UTF-8. */
  public static byte[] encode(Envelope envelope) {
    return Json.encode(out -> write(out, envelope)).bytes();
  }

  private static Incoming read(JsonIn in) {
    UserName user = null;
    String text = null;
    MessageId id = null;
    UserName to = null;
    Fields fields = new Fields(in, FIELDS);
    for (int field = fields.next(); field != Fields.END; field = fields.next()) {
      switch (field) {
        case 0 -> user = Json.checkedOrNull(in, UserName::of);
        case 1 -> text = Json.checkedOrNull(in, any -> any);
        case 2 -> id = Json.checkedOrNull(in, MessageId::of);
        default -> to = Json.checkedOrNull(in, UserName::of);
      }
    }
    Json.required(user, in, "user");
    Json.required(text, in, "text");
    return incoming(user, text, id, to);
  }

  private static @Nullable MessageId readId(JsonIn in) {
    MessageId id = null;
    Fields fields = new Fields(in, ID_ONLY);
    while (fields.next() != Fields.END) {
      id = Json.checkedOrNull(in, MessageId::of);
    }
    return id;
  }

  private static Incoming incoming(
      UserName user, String text, @Nullable MessageId id, @Nullable UserName to) {
    MessageId known = id == null ? MessageId.random() : id;
    return new Incoming(new Envelope(known, user, to, text), id != null);
  }

  private static void write(JsonOut out, Envelope envelope) {
    out.beginObject();
    out.name("user").value(envelope.from().value());
    out.name("text").value(envelope.text());
    out.name("id").value(envelope.id().value());
    if (envelope.to() != null) {
      out.name("to").value(envelope.to().value());
    }
    out.endObject();
  }
}
