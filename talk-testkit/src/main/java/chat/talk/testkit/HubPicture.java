package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.HubStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a hub shows to some users, to compare with what it shows later. They must not read by
 * themselves, for that changes it at any time.
 *
 * @param administrator one of them
 * @param users who look
 */
record HubPicture(Participant administrator, List<Participant> users) {
  private static final int ALL = 1_000;

  /** What they see, a line for each question. */
  List<String> take() {
    List<String> lines = new ArrayList<>();
    for (Participant user : users) {
      look(user, new Command.Devices(), lines);
      look(user, new Command.Invitations(), lines);
      look(user, new Command.Schedules(), lines);
      look(administrator, new Command.Reports(user.name()), lines);
      lines.add(user.name() + " standing: " + standing(user.ask(new Command.Status())));
      user.ask(new Command.Chats()).forEach(chat -> look(user, chat, lines));
    }
    look(administrator, new Command.Bans(), lines);
    look(administrator, new Command.Audit(Cursor.END, ALL), lines);
    return lines;
  }

  /** What of it stands still while time goes on. */
  private static String standing(HubStatus status) {
    return status.reports() + " reports, banned until " + status.bannedUntil();
  }

  /** The chat itself says where the user has read to and what is unread. */
  private static void look(Participant user, Chat chat, List<String> lines) {
    lines.add(user.name() + " " + chat);
    ChatId id = chat.id();
    look(user, new Command.Members(id), lines);
    look(user, new Command.Links(id), lines);
    look(user, new Command.Requests(id), lines);
    look(user, new Command.ReadAfter(id, Cursor.START, ALL), lines);
  }

  private static void look(Participant user, Command<?> question, List<String> lines) {
    try {
      lines.add(user.name() + " " + question + ": " + user.ask(question));
    } catch (ChatException e) {
      lines.add(user.name() + " " + question + ": " + e.code());
    }
  }
}
