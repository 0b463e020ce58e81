package chat.talk.jdbc;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessage.Revision;
import chat.talk.Cursor;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.room.Attachment;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jetbrains.annotations.Nullable;

/**
 * What an event says besides where, who and when, as columns that are null where it says nothing.
 */
record EventColumns(
    String kind,
    String text,
    @Nullable Revision revision,
    @Nullable MessageKey about,
    @Nullable UserName subject,
    @Nullable String action,
    @Nullable Cursor to,
    @Nullable Attachment attachment) {

  private EventColumns(String kind, String text) {
    this(kind, text, null, null, null, null, null, null);
  }

  private EventColumns(String kind, UserName subject) {
    this(kind, "", null, null, subject, null, null, null);
  }

  static EventColumns of(Event event) {
    if (event instanceof ChatMessage message) {
      Revision revision = message.revision() == Revision.ORIGINAL ? null : message.revision();
      return new EventColumns(
          "message",
          message.text(),
          revision,
          message.about(),
          null,
          null,
          null,
          message.attachment());
    }
    if (event instanceof Event.Edited edited) {
      MessageKey about = new MessageKey(edited.author(), edited.message());
      return new EventColumns(
          "edited", edited.text(), null, about, null, null, edited.place(), null);
    }
    if (event instanceof Event.Erased erased) {
      MessageKey about = new MessageKey(erased.author(), erased.message());
      return new EventColumns("erased", "", null, about, null, null, null, null);
    }
    if (event instanceof Event.Expired expired) {
      return new EventColumns("expired", "", null, null, null, null, expired.upTo(), null);
    }
    return ofRoom(event);
  }

  private static EventColumns ofRoom(Event event) {
    if (event instanceof Event.Created created) {
      return new EventColumns("created", created.title());
    }
    if (event instanceof Event.Joined joined) {
      return new EventColumns("joined", joined.member());
    }
    if (event instanceof Event.Left left) {
      return new EventColumns("left", left.member());
    }
    if (event instanceof Event.Renamed renamed) {
      return new EventColumns("renamed", renamed.title());
    }
    if (event instanceof Event.HandedOver handedOver) {
      return new EventColumns("handed over", handedOver.owner());
    }
    if (event instanceof Event.Closed) {
      return new EventColumns("closed", "");
    }
    Event.Decided decided = (Event.Decided) event;
    return new EventColumns(
        "decided", decided.reason(), null, null, decided.subject(), decided.action(), null, null);
  }

  /** Sets all but the kind. */
  void bind(Parameters parameters) throws SQLException {
    parameters
        .text(text)
        .text(revision == null ? null : revision.name())
        .text(about == null ? null : about.author().value())
        .text(about == null ? null : about.id().value())
        .text(subject == null ? null : subject.value())
        .text(action)
        .numberOrNull(to == null ? null : to.epoch())
        .numberOrNull(to == null ? null : to.sequence());
    FileColumns.bind(parameters, attachment);
  }

  /** Reads what {@link #bind} has set. */
  static EventColumns read(Row row, String kind) throws SQLException {
    String text = row.text();
    String revision = row.textOrNull();
    String author = row.textOrNull();
    String id = row.textOrNull();
    String subject = row.textOrNull();
    String action = row.textOrNull();
    Long epoch = row.numberOrNull();
    Long place = row.numberOrNull();
    return new EventColumns(
        kind,
        text,
        revision == null ? null : Revision.valueOf(revision),
        author == null || id == null ? null : new MessageKey(UserName.of(author), MessageId.of(id)),
        subject == null ? null : UserName.of(subject),
        action,
        epoch == null || place == null ? null : new Cursor(epoch, place),
        FileColumns.read(row));
  }

  Event event(ChatId chat, MessageId id, UserName author, Instant time) {
    return switch (kind) {
      case "message" ->
          new ChatMessage(chat, id, author, text, time, about, revisionOrOriginal(), attachment);
      case "edited" -> new Event.Edited(chat, id, author, time, target(), place(), text);
      case "erased" -> new Event.Erased(chat, id, author, time, target());
      case "expired" -> new Event.Expired(chat, id, author, time, place());
      case "created" -> new Event.Created(chat, id, author, time, text);
      case "joined" -> new Event.Joined(chat, id, author, time, who());
      case "left" -> new Event.Left(chat, id, author, time, who());
      case "renamed" -> new Event.Renamed(chat, id, author, time, text);
      case "handed over" -> new Event.HandedOver(chat, id, author, time, who());
      case "closed" -> new Event.Closed(chat, id, author, time);
      case "decided" ->
          new Event.Decided(
              chat, id, author, time, Objects.requireNonNull(action, "action"), who(), text);
      default -> throw new IllegalStateException("an entry of unknown kind: " + kind);
    };
  }

  private Revision revisionOrOriginal() {
    return revision == null ? Revision.ORIGINAL : revision;
  }

  private MessageId target() {
    return Objects.requireNonNull(about, "about").id();
  }

  private UserName who() {
    return Objects.requireNonNull(subject, "subject");
  }

  private Cursor place() {
    return Objects.requireNonNull(to, "to");
  }
}
