package chat.talk.testkit;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.room.Chat;
import chat.talk.testkit.DeviceHistory.Asked;
import chat.talk.testkit.Violation.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what a user was told about his chats with the logs, and with what he had read. */
final class ReadCheck {
  private final Map<ChatId, ChatLog> logs;
  private final DeviceHistory device;
  private final List<Violation> found;

  ReadCheck(Map<ChatId, ChatLog> logs, DeviceHistory device, List<Violation> found) {
    this.logs = logs;
    this.device = device;
    this.found = found;
  }

  void run() {
    for (Asked question : device.asked) {
      List<Chat> chats = question.chats;
      if (chats != null) {
        chats.forEach(chat -> check(question, chat));
        if (question.atEnd) {
          checkList(chats);
        }
      } else if (question.atEnd) {
        report(Kind.INCOMPLETE, device + " was not told his chats in the end");
      }
    }
  }

  private void check(Asked question, Chat chat) {
    Cursor floor = question.floor.get(chat.id());
    if (floor != null && chat.read().sequence() < floor.sequence()) {
      report(Kind.READ_WENT_BACK, in(chat) + chat.read() + " after " + floor);
    }
    ChatLog log = logs.get(chat.id());
    if (log != null) {
      checkUnread(chat, log, question.atEnd);
    }
  }

  /** What has been erased or dropped since he was told may or may not have counted. */
  private void checkUnread(Chat chat, ChatLog log, boolean atEnd) {
    int[] stretches = log.stretches(device.user);
    int open = log.openStretch(device.user);
    int end = Math.min(log.size(), log.position(chat.head()));
    long least = 0;
    long most = 0;
    for (int i = log.position(chat.read()); i < end; i++) {
      int stretch = Math.abs(ChatLog.stretch(stretches, i));
      if (stretch != 0 && log.isUnread(i, device.user)) {
        least += log.isBlank(i) || stretch != open || i < log.dropped ? 0 : 1;
        most += log.isBlank(i) && atEnd ? 0 : 1;
      }
    }
    boolean mayBeUnknown = !chat.knowsUnread() && !atEnd;
    if (!mayBeUnknown && (chat.unread() < least || chat.unread() > most)) {
      String range = least == most ? "" + least : least + " to " + most;
      report(Kind.WRONG_UNREAD, in(chat) + chat.unread() + " unread, not " + range);
    }
  }

  private void checkList(List<Chat> chats) {
    Set<ChatId> told = new HashSet<>();
    chats.forEach(chat -> told.add(chat.id()));
    for (ChatLog log : logs.values()) {
      if (told.contains(log.chat) != log.openStretch(device.user) > 0) {
        boolean missing = !told.contains(log.chat);
        report(Kind.WRONG_CHATS, device + (missing ? " wasn't" : " was") + " told " + log.chat);
      }
    }
  }

  private String in(Chat chat) {
    return device + " in " + chat.id() + ": " + chat.read() + ".." + chat.head() + ", ";
  }

  private void report(Kind kind, String what) {
    found.add(new Violation(kind, what));
  }
}
