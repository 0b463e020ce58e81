package chat.talk.testkit;

import static chat.talk.testkit.StorageFixture.ALICE;
import static chat.talk.testkit.StorageFixture.BOB;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessage.Revision;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.room.Attachment;
import chat.talk.room.Blob;
import chat.talk.room.Chat;
import chat.talk.room.Digest;
import chat.talk.room.Fact;
import chat.talk.room.Invitation;
import chat.talk.room.JoinRequest;
import chat.talk.room.Link;
import chat.talk.room.Report;
import chat.talk.room.Scheduled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.annotations.Nullable;

/** One of each kind, with everything that may be missing there and missing. */
final class Samples {
  private static final Instant NOW = HubStorageFixture.NOW;
  private static final Instant LATER = NOW.plusSeconds(3600);
  private static final String TITLE = "Größe \"A\" 😀";
  private static final MessageId ID = MessageId.of("id");
  private static final MessageId LINK = MessageId.of("link");
  private static final MessageKey KEY = new MessageKey(BOB, ID);
  private static final Cursor PLACE = new Cursor(Long.MAX_VALUE, 7);

  private Samples() {}

  static List<Event> events(ChatId chat) {
    List<Event> events = new ArrayList<>();
    for (Revision revision : Revision.values()) {
      String text = revision.isBlank() ? "" : TITLE;
      events.add(new ChatMessage(chat, id(events), ALICE, text, NOW, null, revision));
    }
    MessageKey first = events.get(0).key();
    events.add(new ChatMessage(chat, id(events), BOB, TITLE, NOW, first, Revision.ORIGINAL));
    for (boolean isBody : new boolean[] {false, true}) {
      Attachment attached = attachment(isBody);
      MessageKey about = isBody ? null : first;
      Revision revision = isBody ? Revision.ORIGINAL : Revision.EDITED;
      events.add(new ChatMessage(chat, id(events), BOB, TITLE, NOW, about, revision, attached));
    }
    events.add(new Event.Edited(chat, id(events), ALICE, NOW, first.id(), PLACE, TITLE));
    events.add(new Event.Erased(chat, id(events), ALICE, NOW, MessageId.of("gone")));
    events.add(new Event.Expired(chat, id(events), ALICE, NOW, PLACE));
    events.add(new Event.Created(chat, id(events), ALICE, NOW, TITLE));
    events.add(new Event.Joined(chat, id(events), ALICE, NOW, BOB));
    events.add(new Event.Left(chat, id(events), ALICE, NOW, BOB));
    events.add(new Event.Renamed(chat, id(events), ALICE, NOW, TITLE));
    events.add(new Event.HandedOver(chat, id(events), ALICE, NOW, BOB));
    events.add(new Event.Closed(chat, id(events), ALICE, NOW));
    events.add(new Event.Decided(chat, id(events), ALICE, NOW, "BAN", BOB, TITLE));
    return events;
  }

  private static MessageId id(List<Event> events) {
    return MessageId.of("event-" + events.size());
  }

  static List<Fact> facts(ChatId chat) {
    return List.of(
        new Fact.User(ALICE, NOW, "$2a$10$hash/of.it", 2, LATER),
        new Fact.User(BOB, NOW, null, 0, null),
        new Fact.Machine("device", ALICE, "digest-_", NOW, null),
        new Fact.Machine("script", ALICE, "digest-s", LATER, "device"),
        new Fact.Room(chat, Chat.Kind.PRIVATE, TITLE, ALICE, NOW, true),
        new Fact.Room(ChatId.of("general"), Chat.Kind.GENERAL, "", null, NOW, false),
        new Fact.Room(ChatId.direct(ALICE, BOB), Chat.Kind.DIRECT, "", null, NOW, false),
        new Fact.Member(chat, ALICE, List.of(), Cursor.START),
        new Fact.Member(
            chat,
            BOB,
            List.of(new Fact.Range(Cursor.START, PLACE), new Fact.Range(PLACE, null)),
            PLACE),
        new Fact.Delivered("device", chat, PLACE),
        new Fact.Window(ALICE, NOW, Integer.MAX_VALUE),
        new Fact.Reached(chat, PLACE, NOW, LATER),
        new Fact.Reached(chat, new Cursor(PLACE.epoch(), 8), LATER, LATER),
        new Fact.File(chat, KEY, blob("0", 0), NOW),
        new Fact.File(chat, new MessageKey(ALICE, ID), blob("f", Long.MAX_VALUE), LATER),
        new Fact.File(ChatId.of("general"), new MessageKey(BOB, LINK), blob("f", 1), NOW),
        new Invitation(chat, TITLE, BOB, ALICE, NOW),
        new Link("link", chat, LATER, 10_000, true),
        new JoinRequest(chat, BOB, "link", NOW),
        new Report(ALICE, KEY, TITLE, NOW),
        new Report(ALICE, new MessageKey(BOB, MessageId.of("spent")), TITLE, NOW, true),
        scheduled("file", new Draft(ID, BOB, "", KEY, attachment(false)), Scheduled.State.WAITING),
        scheduled("body", new Draft(ID, chat, "", null, attachment(true)), Scheduled.State.SENT),
        scheduled("to-user", new Draft(ID, BOB, TITLE), Scheduled.State.WAITING),
        scheduled("to-chat", new Draft(ID, chat, "", KEY), Scheduled.State.REFUSED, Code.BANNED));
  }

  private static Blob blob(String digit, long size) {
    return new Blob(Digest.of(digit.repeat(64)), size);
  }

  /** Something to attach: a body, or a file with a name that is not a plain one. */
  static Attachment attachment(boolean isBody) {
    Blob blob = blob("a", 5_000_000_000L);
    return isBody ? Attachment.body(blob) : new Attachment(TITLE, "image/svg+xml; a=\"b\"", blob);
  }

  private static Scheduled scheduled(String id, Draft draft, Scheduled.State state) {
    return scheduled(id, draft, state, null);
  }

  private static Scheduled scheduled(
      String id, Draft draft, Scheduled.State state, @Nullable Code why) {
    Draft named =
        new Draft(MessageId.of(id), draft.to(), draft.text(), draft.about(), draft.attachment());
    return new Scheduled(
        ALICE, named, LATER, state, why, state == Scheduled.State.WAITING ? null : LATER);
  }
}
