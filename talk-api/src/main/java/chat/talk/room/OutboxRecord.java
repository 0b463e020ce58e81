package chat.talk.room;

import chat.talk.ChatId;
import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Recipient;
import chat.talk.UserName;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jetbrains.annotations.Nullable;

/**
 * What stands in an outbox's file. In bytes: what kind it is, and then its fields, each with its
 * tag, its length and its text in UTF-8. A field or kind that isn't known was written by a newer
 * version, and makes the file unreadable for this one: to skip it could change what is said.
 */
sealed interface OutboxRecord {
  /** Whose file it is; the first record. */
  record Owner(String device, @Nullable UserName user) implements OutboxRecord {
    static Owner of(Login login) {
      return new Owner(login.token().digest(), userIn(login));
    }

    private static @Nullable UserName userIn(Login login) {
      if (login instanceof Login.NewUser added) {
        return added.user();
      }
      return login instanceof Login.Password known ? known.user() : null;
    }

    boolean isSame(Owner other) {
      boolean isSameUser = user == null || other.user == null || user.equals(other.user);
      return isSameUser && device.equals(other.device);
    }
  }

  /** Something that was taken in. */
  record Put(long number, Command<?> command) implements OutboxRecord {}

  /** Its end. */
  record Done(long number) implements OutboxRecord {}

  /** The tags are the file's: none is used for something else, ever. */
  enum Field {
    DEVICE(1),
    NUMBER(2),
    COMMAND(3),
    ID(4),
    USER(5),
    CHAT(6),
    TEXT(7),
    ABOUT_AUTHOR(8),
    ABOUT_ID(9),
    AT(10);

    private final byte tag;

    Field(int tag) {
      this.tag = (byte) tag;
    }

    static Field of(byte tag) {
      for (Field field : values()) {
        if (field.tag == tag) {
          return field;
        }
      }
      throw new IllegalArgumentException("an unknown field: " + tag);
    }
  }

  /**
   * Its bytes.
   *
   * @throws CharacterCodingException when a text is no Unicode
   */
  default byte[] bytes() throws CharacterCodingException {
    Fields fields = new Fields();
    if (this instanceof Owner owner) {
      fields.put(Field.DEVICE, owner.device()).put(Field.USER, owner.user());
      return fields.bytes(1);
    } else if (this instanceof Put put) {
      fields.put(Field.NUMBER, put.number());
      putCommand(fields, put.command());
      return fields.bytes(2);
    }
    return fields.put(Field.NUMBER, ((Done) this).number()).bytes(3);
  }

  /**
   * The record of these bytes.
   *
   * @throws RuntimeException when they are those of none
   */
  static OutboxRecord of(ByteBuffer bytes) {
    int kind = bytes.get();
    Fields fields = Fields.of(bytes);
    return switch (kind) {
      case 1 -> new Owner(fields.get(Field.DEVICE), fields.user());
      case 2 -> new Put(fields.number(), command(fields));
      case 3 -> new Done(fields.number());
      default -> throw new IllegalArgumentException("a record of an unknown kind: " + kind);
    };
  }

  private static void putCommand(Fields fields, Command<?> command) {
    if (command instanceof Command.Send send) {
      fields.put(Field.COMMAND, "send").put(send.draft());
    } else if (command instanceof Command.Schedule schedule) {
      fields.put(Field.COMMAND, "schedule").put(schedule.draft()).put(Field.AT, schedule.at());
    } else if (command instanceof Command.Edit edit) {
      fields.put(Field.COMMAND, "edit").put(Field.ID, edit.message()).put(Field.TEXT, edit.text());
    } else if (command instanceof Command.Erase erase) {
      fields.put(Field.COMMAND, "erase").put(Field.ID, erase.message());
    } else {
      throw new IllegalArgumentException("not kept in a file");
    }
  }

  private static Command<?> command(Fields fields) {
    String name = fields.get(Field.COMMAND);
    return switch (name) {
      case "send" -> new Command.Send(fields.draft());
      case "schedule" -> new Command.Schedule(fields.draft(), Instant.parse(fields.get(Field.AT)));
      case "edit" -> new Command.Edit(fields.id(), fields.get(Field.TEXT));
      case "erase" -> new Command.Erase(fields.id());
      default -> throw new IllegalArgumentException("an unknown command");
    };
  }

  /** The fields of one record. */
  final class Fields {
    private static final int FRAME = 1 + Integer.BYTES;

    private final Map<Field, String> values = new EnumMap<>(Field.class);

    Fields put(Field field, @Nullable Object value) {
      if (value != null) {
        values.put(field, value.toString());
      }
      return this;
    }

    Fields put(Draft draft) {
      put(Field.ID, draft.id()).put(Field.TEXT, draft.text());
      put(draft.to() instanceof UserName ? Field.USER : Field.CHAT, draft.to());
      MessageKey about = draft.about();
      return about == null
          ? this
          : put(Field.ABOUT_AUTHOR, about.author()).put(Field.ABOUT_ID, about.id());
    }

    String get(Field field) {
      return Objects.requireNonNull(values.get(field), field.name());
    }

    long number() {
      return Long.parseLong(get(Field.NUMBER));
    }

    MessageId id() {
      return MessageId.of(get(Field.ID));
    }

    @Nullable
    UserName user() {
      String user = values.get(Field.USER);
      return user == null ? null : UserName.of(user);
    }

    Draft draft() {
      UserName user = user();
      Recipient to = user == null ? ChatId.of(get(Field.CHAT)) : user;
      Draft draft = new Draft(id(), to, get(Field.TEXT));
      if (!values.containsKey(Field.ABOUT_AUTHOR)) {
        return draft;
      }
      UserName author = UserName.of(get(Field.ABOUT_AUTHOR));
      return draft.about(new MessageKey(author, MessageId.of(get(Field.ABOUT_ID))));
    }

    byte[] bytes(int kind) throws CharacterCodingException {
      Map<Field, ByteBuffer> encoded = new EnumMap<>(Field.class);
      long size = 1;
      for (Map.Entry<Field, String> each : values.entrySet()) {
        ByteBuffer text =
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(each.getValue()));
        encoded.put(each.getKey(), text);
        size += FRAME + text.remaining();
      }
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size)).put((byte) kind);
      encoded.forEach((field, text) -> bytes.put(field.tag).putInt(text.remaining()).put(text));
      return bytes.array();
    }

    static Fields of(ByteBuffer bytes) {
      Fields fields = new Fields();
      while (bytes.hasRemaining()) {
        Field field = Field.of(bytes.get());
        int length = bytes.getInt();
        String text =
            StandardCharsets.UTF_8.decode(bytes.slice(bytes.position(), length)).toString();
        bytes.position(bytes.position() + length);
        fields.put(field, text);
      }
      return fields;
    }
  }
}
