package chat.talk.cli;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.room.Attachment;
import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalLong;

/**
 * Entries as lines. A person sees times, days and colours, and what is said elsewhere in short; a
 * script sees all in the same way at any time. May be used by any thread.
 */
final class EntryLines {
  private final Console console;
  private final Rooms rooms;
  private final Seen seen;
  private final ZoneId zone;
  private String day = "";

  EntryLines(Console console, Rooms rooms, Seen seen, ZoneId zone) {
    this.console = console;
    this.rooms = rooms;
    this.seen = seen;
    this.zone = zone;
  }

  /** All of it, with its number. */
  String full(Entry entry) {
    String number = "#" + Seen.place(entry) + " ";
    Event event = entry.event();
    return console.isScripted()
        ? "[" + rooms.label(event.chat()) + "] " + number + body(event)
        : separator(event.time()) + console.dim(clock(event) + " " + number) + body(event);
  }

  /** In one line: what happens where nobody looks just now. */
  String brief(Entry entry) {
    Event event = entry.event();
    String place = " [" + rooms.label(event.chat()) + "] ";
    String body = event instanceof ChatMessage message ? brief(message) : body(event);
    return separator(event.time()) + console.dim(clock(event) + place) + body;
  }

  /** What the user has said and the hub does not know yet. */
  String waiting(Draft draft) {
    Instant now = Instant.now();
    String to = draft.to().equals(rooms.recipient()) ? "" : "[" + rooms.label(draft.to()) + "] ";
    String start = console.dim(When.clock(now, zone) + " … " + to);
    String said = console.paint(rooms.me()) + ": " + Printable.text(draft.text());
    return separator(now) + start + said + console.dim(" (waits for the hub)");
  }

  private String brief(ChatMessage message) {
    return console.paint(message.author()) + ": " + Printable.brief(message.text());
  }

  private String clock(Event event) {
    return When.clock(event.time(), zone);
  }

  /** A line of its own before the first entry of another day. */
  private synchronized String separator(Instant time) {
    String next = When.day(time, zone);
    if (next.equals(day)) {
      return "";
    }
    day = next;
    return console.dim("— " + next + " —") + "\n";
  }

  private String body(Event event) {
    return event instanceof ChatMessage message ? said(message) : "* " + done(event);
  }

  private String said(ChatMessage message) {
    MessageKey about = message.about();
    String on = about == null ? "" : console.dim(" on " + number(message.chat(), about));
    return console.paint(message.author()) + on + ": " + text(message) + file(message);
  }

  private String file(ChatMessage message) {
    Attachment file = message.attachment();
    if (file == null) {
      return "";
    }
    String what = file.isBody() ? "all of it" : "file " + Printable.line(file.name());
    return console.dim(" (" + what + ", " + Bar.size(file.size()) + ": :get-file saves it)");
  }

  private String text(ChatMessage message) {
    return switch (message.revision()) {
      case ORIGINAL -> Printable.text(message.text());
      case EDITED -> Printable.text(message.text()) + console.dim(" (edited)");
      case ERASED -> console.dim("(erased)");
      case EXPIRED -> console.dim("(expired)");
    };
  }

  private String number(ChatId chat, MessageKey message) {
    OptionalLong place = seen.placeOf(chat, message);
    return place.isPresent() ? "#" + place.getAsLong() : "an older message";
  }

  private String done(Event event) {
    String who = console.paint(event.author());
    if (event instanceof Event.Edited edited) {
      MessageKey changed = new MessageKey(event.author(), edited.message());
      return who
          + " changed "
          + number(event.chat(), changed)
          + ": "
          + Printable.text(edited.text());
    }
    if (event instanceof Event.Erased erased) {
      MessageKey gone = new MessageKey(event.author(), erased.message());
      return who + " erased " + number(event.chat(), gone);
    }
    if (event instanceof Event.Expired expired) {
      return "the messages up to #" + expired.upTo().sequence() + " are gone, their time was over";
    }
    return ofRoom(event, who);
  }

  private String ofRoom(Event event, String who) {
    if (event instanceof Event.Created created) {
      return who + " made the chat " + Printable.line(created.title());
    }
    if (event instanceof Event.Renamed renamed) {
      return who + " calls the chat " + Printable.line(renamed.title()) + " now";
    }
    if (event instanceof Event.Joined joined) {
      return moved(event, joined.member(), "came in", "let in ");
    }
    if (event instanceof Event.Left left) {
      return moved(event, left.member(), "left", "put out ");
    }
    if (event instanceof Event.HandedOver over) {
      return who + " handed the chat over to " + console.paint(over.owner());
    }
    if (event instanceof Event.Closed) {
      return who + " closed the chat";
    }
    return event instanceof Event.Decided decided ? decided(decided, who) : "something happened";
  }

  private String moved(Event event, UserName member, String byHimself, String byAnother) {
    return event.author().equals(member)
        ? console.paint(member) + " " + byHimself
        : console.paint(event.author()) + " " + byAnother + console.paint(member);
  }

  private String decided(Event.Decided decided, String who) {
    return who
        + " "
        + decided.action()
        + " "
        + console.paint(decided.subject())
        + ": "
        + When.readable(Printable.line(decided.reason()), Instant.now(), zone);
  }
}
