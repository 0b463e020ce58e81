package chat.talk.http.internal.json;

import chat.talk.ChatId;
import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Recipient;
import chat.talk.UserName;
import chat.talk.room.Attachment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jetbrains.annotations.Nullable;

/** What is to be sent: to a {@code chat} or a {@code user}; one without an id gets a new one. */
final class DraftCodec extends ObjectCodec<Draft> {
  private static final int ID = 0;
  private static final int CHAT = 1;
  private static final int USER = 2;
  private static final int TEXT = 3;
  private static final int ABOUT = 4;
  private static final int ATTACHMENT = 5;

  DraftCodec(Codec<MessageKey> keys, Codec<Attachment> attachments) {
    super(
        List.of(
            Field.optional("id", Objects.requireNonNull(Values.of(MessageId.class))),
            Field.optional("chat", Objects.requireNonNull(Values.of(ChatId.class))),
            Field.optional("user", Objects.requireNonNull(Values.of(UserName.class))),
            Field.required("text", Objects.requireNonNull(Values.of(String.class))),
            Field.optional("about", keys),
            Field.optional("attachment", attachments)));
  }

  @Override
  public Map<String, Object> schema(Schemas known) {
    return known.named("Draft", () -> shape(known, Map.of()));
  }

  @Override
  Map<String, Object> rules() {
    return Map.of(
        "oneOf", List.of(Map.of("required", List.of("chat")), Map.of("required", List.of("user"))));
  }

  @Override
  void take(Draft draft, @Nullable Object[] into, int from) {
    into[from + ID] = draft.id();
    into[from + (draft.to() instanceof ChatId ? CHAT : USER)] = draft.to();
    into[from + TEXT] = draft.text();
    into[from + ABOUT] = draft.about();
    into[from + ATTACHMENT] = draft.attachment();
  }

  @Override
  Draft make(@Nullable Object[] values, int from) {
    Object chat = values[from + CHAT];
    Object user = values[from + USER];
    if ((chat == null) == (user == null)) {
      throw Json.invalid("a message goes to a chat or to a user");
    }
    Object id = values[from + ID];
    return new Draft(
        id == null ? MessageId.random() : (MessageId) id,
        (Recipient) (chat == null ? user : chat),
        (String) Objects.requireNonNull(values[from + TEXT]),
        (MessageKey) values[from + ABOUT],
        (Attachment) values[from + ATTACHMENT]);
  }
}
