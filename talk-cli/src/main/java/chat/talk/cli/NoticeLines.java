package chat.talk.cli;

import chat.talk.ChatId;
import chat.talk.Draft;
import chat.talk.Notice;
import chat.talk.room.Command;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jetbrains.annotations.Nullable;

/** Notices as lines, as far as people want to know. */
final class NoticeLines {
  private final Console console;
  private final Rooms rooms;
  private final Unsent unsent;
  private final Planned planned;

  NoticeLines(Console console, Rooms rooms, Unsent unsent, Planned planned) {
    this.console = console;
    this.rooms = rooms;
    this.unsent = unsent;
    this.planned = planned;
  }

  /** Empty for what goes without saying. */
  Optional<String> of(Notice notice) {
    if (notice instanceof Notice.Presence presence) {
      return presence(presence);
    }
    return Optional.ofNullable(line(notice)).map(line -> "* " + line);
  }

  /** Not for scripts: who comes and goes meanwhile is another one each time. */
  private Optional<String> presence(Notice.Presence presence) {
    String what = presence.online() ? " is here" : " has gone";
    return console.isScripted()
        ? Optional.empty()
        : Optional.of(console.dim("* " + presence.user() + what));
  }

  private @Nullable String line(Notice notice) {
    if (notice instanceof Notice.Lost lost) {
      return "some of " + label(lost.chat()) + " is lost: the hub doesn't have it any more";
    }
    if (notice instanceof Notice.GoingAway away) {
      long seconds = Math.max(1, away.reconnectAfter().toSeconds());
      String back = "; coming back to it in about " + seconds + " s";
      return "the hub goes away: " + Printable.line(away.reason()) + back;
    }
    if (notice instanceof Notice.Banned banned) {
      return banned(banned.until());
    }
    if (notice instanceof Notice.NotSent refused) {
      return notSent(refused);
    }
    return ofChat(notice);
  }

  private String notSent(Notice.NotSent refused) {
    String left =
        unsent.left(refused.message()).stream()
            .map(this::asked)
            .collect(Collectors.joining(", or "));
    String what =
        left.isEmpty() ? planned.find(refused.message()).map(this::later).orElse("") : left;
    return what.isEmpty()
        ? "a scheduled message was not sent: " + refused.why()
        : "not sent (" + refused.why() + "): " + what;
  }

  private String asked(Command<?> command) {
    if (command instanceof Command.Send send) {
      return "to " + said(send.draft());
    } else if (command instanceof Command.Schedule schedule) {
      return later(schedule.draft());
    } else if (command instanceof Command.Edit edit) {
      return "edit of a message: " + Printable.text(edit.text());
    }
    return "erasure of a message";
  }

  private String later(Draft draft) {
    return "later to " + said(draft);
  }

  private String said(Draft draft) {
    return rooms.label(draft.to()) + ": " + Printable.text(draft.text());
  }

  private @Nullable String ofChat(Notice notice) {
    if (notice instanceof Notice.Entered entered) {
      String label = label(entered.chat());
      return rooms.isCurrent(entered.chat()) || rooms.isDirect(entered.chat())
          ? null
          : "you are in " + label + " now (:join " + label + " goes there)";
    }
    if (notice instanceof Notice.Left left) {
      return "you are in " + label(left.chat()) + " no more";
    }
    if (notice instanceof Notice.Invited invited) {
      String how = " invites you to a chat (:invitations shows which, :join goes there)";
      return console.paint(invited.by()) + how;
    }
    if (notice instanceof Notice.Requested asked) {
      String who = console.paint(asked.by()) + " asks to be let into " + label(asked.chat());
      return who + " (:approve " + asked.by() + " or :reject " + asked.by() + ")";
    }
    return null;
  }

  private static String banned(Instant until) {
    Instant now = Instant.now();
    return until.isAfter(now)
        ? "you may not send until " + When.moment(until, now, ZoneId.systemDefault())
        : "you may send again";
  }

  private String label(ChatId chat) {
    return rooms.label(chat);
  }
}
