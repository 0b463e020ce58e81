package chat.talk.http.internal.json;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessage.Revision;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageKey;
import chat.talk.Notice;
import chat.talk.http.internal.json.ObjectCodec.Field;
import chat.talk.http.internal.json.RecordCodec.Part;
import chat.talk.room.Attachment;
import chat.talk.room.Blob;
import chat.talk.room.Command;
import chat.talk.room.Login;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/**
 * The codecs of all that goes between a hub and its clients, derived from the records themselves: a
 * component is a field of its name, and a kind of a sealed interface has its simple name as {@code
 * type}. What isn't so plain is said here, once.
 */
final class Codecs {
  /** Components that may be null, which Java doesn't show at run time. */
  private static final Set<String> NULLABLE =
      Set.of(
          "Chat.owner",
          "ChatChange.closed",
          "ChatChange.owner",
          "ChatChange.title",
          "ChatMessage.about",
          "ChatMessage.attachment",
          "Connect.window",
          "Credentials.credential",
          "Credentials.password",
          "Credentials.token",
          "Credentials.user",
          "Device.letInBy",
          "HubStatus.bannedUntil",
          "HubStatus.storageFailsSince",
          "NewChat.id",
          "NewDevice.token",
          "NewLink.token",
          "NewLink.uses",
          "NewLink.validFor",
          "NewMessage.about",
          "NewMessage.attachment",
          "NewMessage.id",
          "NewMessage.sendAt",
          "OpenDevice.letInBy",
          "ScheduleChange.sendAt",
          "ScheduleChange.text",
          "Scheduled.ended",
          "Scheduled.why",
          "StateChanged.reason",
          "StateChanged.why");

  /** What it means that a component is absent. */
  private static final Map<String, Object> ABSENT =
      Map.of("ChatMessage.revision", Revision.ORIGINAL, "Connect.resume", Map.of());

  private static final ObjectCodec<MessageKey> MESSAGE_KEYS = object(MessageKey.class);
  private static final ObjectCodec<Attachment> ATTACHMENTS = object(Attachment.class);
  static final Codec<Map<ChatId, Cursor>> CURSORS = new Values.Cursors();
  static final TaggedCodec<Entry> ENTRIES = entries();
  static final TaggedCodec<Login> LOGINS = union(Login.class);
  static final TaggedCodec<Notice> NOTICES = union(Notice.class);
  static final TaggedCodec<Command<?>> COMMANDS = commands();
  static final ObjectCodec<ClientFrame.Connect> CONNECT = object(ClientFrame.Connect.class);
  static final ObjectCodec<ClientFrame.More> MORE = object(ClientFrame.More.class);
  static final ObjectCodec<HubFrame.Connected> CONNECTED = object(HubFrame.Connected.class);
  private static final Map<Class<?>, Codec<?>> ANSWERS = answers();

  private Codecs() {}

  /** The codec of what a command is answered with; null for one that is only answered. */
  @SuppressWarnings("unchecked")
  static Codec<Object> answer(Command<?> asked) {
    return (Codec<Object>) answer(asked.getClass());
  }

  /** The same for a kind of command. */
  static @Nullable Codec<?> answer(Class<?> command) {
    return ANSWERS.get(command);
  }

  static Codec<?> of(Type type) {
    if (type instanceof ParameterizedType generic) {
      boolean isMap = generic.getRawType() == Map.class;
      return isMap ? CURSORS : Values.list(of(generic.getActualTypeArguments()[0]));
    }
    Class<?> plain = (Class<?>) type;
    Codec<?> value = Values.of(plain);
    if (value != null) {
      return value;
    }
    TaggedCodec<?> union =
        plain == Command.class
            ? COMMANDS
            : plain == Entry.class ? ENTRIES : plain == Login.class ? LOGINS : null;
    return union != null ? union : object(plain);
  }

  private static <T> ObjectCodec<T> object(Class<T> type) {
    return RecordCodec.of(type, Codecs::part);
  }

  private static Part part(RecordComponent component) {
    if (component.getType() == Draft.class) {
      return draft(component);
    }
    if (component.getType() == Blob.class) {
      ObjectCodec<Blob> blob = object(Blob.class);
      return new Part(component, blob.fields(), blob);
    }
    return field(component, plain(component, of(component.getGenericType())));
  }

  @SuppressWarnings("unchecked")
  private static <F> Field<F> plain(RecordComponent component, Codec<F> codec) {
    String name = component.getName();
    String place = component.getDeclaringRecord().getSimpleName() + "." + name;
    F absent = (F) ABSENT.get(place);
    return new Field<>(name, codec, absent == null && !NULLABLE.contains(place), absent);
  }

  private static Part field(RecordComponent component, Field<?> field) {
    return new Part(component, List.of(field), null);
  }

  /** A command to send something says itself what. */
  private static Part draft(RecordComponent component) {
    DraftCodec codec = new DraftCodec(MESSAGE_KEYS, ATTACHMENTS);
    return Command.class.isAssignableFrom(component.getDeclaringRecord())
        ? new Part(component, codec.fields(), codec)
        : field(component, Field.required(component.getName(), codec));
  }

  /** All kinds of a sealed interface. */
  private static <T> TaggedCodec<T> union(Class<T> type) {
    TaggedCodec<T> codec = new TaggedCodec<>(type.getSimpleName(), Object::getClass);
    kinds(type).forEach(kind -> codec.add(TaggedCodec.tag(kind), kind, object(kind)));
    return codec;
  }

  @SuppressWarnings("unchecked")
  private static <T> Stream<Class<? extends T>> kinds(Class<T> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(kind -> kinds((Class<T>) kind))
        : Stream.of(type);
  }

  @SuppressWarnings("unchecked")
  private static TaggedCodec<Command<?>> commands() {
    return union((Class<Command<?>>) (Class<?>) Command.class);
  }

  /** An entry is its event and the cursor, in one object. */
  private static TaggedCodec<Entry> entries() {
    TaggedCodec<Entry> codec = new TaggedCodec<>("Entry", entry -> entry.event().getClass());
    kinds(Event.class)
        .forEach(
            kind -> {
              ObjectCodec<?> event = object(kind);
              String tag = kind == ChatMessage.class ? "message" : TaggedCodec.tag(kind);
              codec.add(tag, kind, RecordCodec.of(Entry.class, part -> entryPart(part, event)));
            });
    return codec;
  }

  private static Part entryPart(RecordComponent component, ObjectCodec<?> event) {
    return component.getType() == Event.class
        ? new Part(component, event.fields(), event)
        : part(component);
  }

  private static Map<Class<?>, Codec<?>> answers() {
    Map<Class<?>, Codec<?>> codecs = new HashMap<>();
    for (Class<?> kind : Command.class.getPermittedSubclasses()) {
      Type answer =
          ((ParameterizedType) kind.getGenericInterfaces()[0]).getActualTypeArguments()[0];
      if (answer != Void.class) {
        codecs.put(kind, of(answer));
      }
    }
    return codecs;
  }
}
