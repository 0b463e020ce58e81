package chat.talk.http.internal.hub;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.http.internal.json.Form;
import chat.talk.room.FileUpload;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What may stand in a path or a query. A name means the same in all routes.
 *
 * @param name its name
 * @param form what values it has
 * @param says what it means
 */
record Parameter(String name, Form<?> form, String says) {
  /** In the events of all chats: a place in each of them. */
  static final Parameter AFTER_EVENT =
      new Parameter(
          "after",
          Form.of(String.class),
          "Go on behind this event: its id, or an answer's next; the header Last-Event-ID does too.");

  private static final Map<String, Parameter> ALL =
      List.of(
              new Parameter("chat", Form.of(ChatId.class), "Which chat."),
              new Parameter("user", Form.of(UserName.class), "Which user."),
              new Parameter("author", Form.of(UserName.class), "Who wrote the message."),
              new Parameter("id", Form.of(MessageId.class), "The message's id."),
              new Parameter("device", Form.of(String.class), "A device's id."),
              new Parameter("link", Form.of(String.class), "A link's id."),
              new Parameter("connection", Form.of(Long.class), "A connection's id."),
              new Parameter(
                  "after", Form.of(Cursor.class), "Read forwards from here: an answer's next."),
              new Parameter(
                  "before", Form.of(Cursor.class), "Read backwards from here: an answer's next."),
              new Parameter(
                  "limit", Form.of(Integer.class), "At most how many, 1 or more; 50 unless given."),
              new Parameter("session", Form.of(String.class), "Which session."),
              new Parameter(
                  "wait",
                  Form.of(Integer.class),
                  "How many seconds to wait for something, 0 to 60; 25 unless given."),
              new Parameter(
                  "kind",
                  Form.of(FileUpload.Kind.class),
                  "What the bytes are: FILE unless given, or BODY for a long message's text."),
              new Parameter("reason", Form.of(String.class), "Why."))
          .stream()
          .collect(Collectors.toUnmodifiableMap(Parameter::name, Function.identity()));

  /** Whether a path may hold something else there. */
  boolean mayBeInvalid() {
    return !name.equals("device") && !name.equals("link") && !name.equals("session");
  }

  static Parameter named(String name) {
    Parameter parameter = ALL.get(name);
    if (parameter == null) {
      throw new IllegalStateException("no parameter is called " + name);
    }
    return parameter;
  }
}
