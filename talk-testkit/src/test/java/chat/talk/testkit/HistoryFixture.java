package chat.talk.testkit;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.room.Chat;
import chat.talk.testkit.Violation.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Two users, two logs, and a checker of what is told about them. */
abstract class HistoryFixture {
  static final UserName ALICE = UserName.of("alice");
  static final UserName BOB = UserName.of("bob");
  static final ChatId GENERAL = ChatId.of("general");
  static final ChatId ROOM = ChatId.of("room");

  final HistoryChecker checker = new HistoryChecker("this run");
  final DeviceHistory alice = checker.device(ALICE, "phone");
  final DeviceHistory bob = checker.device(BOB, "phone");
  final List<Entry> general = new ArrayList<>();
  final List<Entry> room = new ArrayList<>();

  static Cursor place(int sequence) {
    return new Cursor(1, sequence);
  }

  static Entry add(List<Entry> log, Event event) {
    Entry entry = new Entry(place(log.size() + 1), event);
    log.add(entry);
    return entry;
  }

  static ChatMessage message(ChatId chat, UserName author, String id) {
    return new ChatMessage(chat, MessageId.of(id), author, "text of " + id, Instant.EPOCH);
  }

  /** Sent, stored and answered. */
  Entry say(DeviceHistory device, ChatId chat, String id) {
    List<Entry> log = chat.equals(GENERAL) ? general : room;
    Entry entry = add(log, message(chat, device.user, id));
    device.sent(draft(chat, id), CompletableFuture.completedFuture(entry));
    return entry;
  }

  static Draft draft(ChatId chat, String id) {
    return new Draft(MessageId.of(id), chat, "text of " + id);
  }

  Entry joins(UserName user, int number) {
    MessageId id = MessageId.of("join" + number);
    return add(room, new Event.Joined(ROOM, id, user, Instant.EPOCH, user));
  }

  Entry leaves(UserName user, int number) {
    MessageId id = MessageId.of("leave" + number);
    return add(room, new Event.Left(ROOM, id, user, Instant.EPOCH, user));
  }

  void everybodySees(Entry entry) {
    alice.saw(entry);
    bob.saw(entry);
  }

  List<Kind> found() {
    checker.log(GENERAL, general);
    if (!room.isEmpty()) {
      checker.log(ROOM, room);
    }
    return kinds();
  }

  List<Kind> kinds() {
    return checker.violations().stream().map(Violation::kind).distinct().toList();
  }

  static CompletableFuture<List<Chat>> chat(int unread, int read, int head) {
    return CompletableFuture.completedFuture(
        List.of(
            new Chat(
                GENERAL, Chat.Kind.GENERAL, "", null, false, unread, place(read), place(head))));
  }
}
