package chat.talk.cli;

import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.UserName;
import chat.talk.room.Ban;
import chat.talk.room.Connection;
import chat.talk.room.HubClient;
import chat.talk.room.Report;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an administrator asks of a hub. */
record AdminTasks(HubClient me, Console console) {
  void connections() {
    list("connections", Seat.finish(me.connections()), this::line, "nobody is connected");
  }

  private String line(Connection connection) {
    String behind =
        connection.behind() == 0
            ? ""
            : "  behind in %d chats, last took something at %s"
                .formatted(connection.behind(), moment(connection.lastPoll()));
    return "%d  %s  since %s  device %s%s"
        .formatted(
            connection.id(),
            connection.user(),
            moment(connection.since()),
            connection.device(),
            behind);
  }

  void disconnect(long id) {
    Seat.finish(me.disconnect(id));
    done("disconnect", "connection " + id + " is closed");
  }

  void check(long id) {
    boolean isWell = Seat.finish(me.check(id));
    String text = isWell ? "takes what it is sent" : "takes nothing";
    console.show("connection " + id + " " + text, () -> Json.answer("check", isWell));
    if (!isWell) {
      throw new Failure(ExitCode.FAILED, "connection " + id + " is stuck");
    }
  }

  void bans() {
    list("bans", Seat.finish(me.bans()), this::line, "nobody is banned");
  }

  private String line(Ban ban) {
    return ban.user() + "  until " + moment(ban.until());
  }

  void ban(UserName user, Duration length, String reason) {
    Instant until = Instant.now().plus(length);
    Seat.finish(me.banUser(user, until, reason));
    done("ban", user + " is banned until " + moment(until));
  }

  void unban(UserName user, String reason) {
    Seat.finish(me.unban(user, reason));
    done("unban", user + " may send again");
  }

  void reports(UserName user) {
    list(
        "reports",
        Seat.finish(me.reports(user)),
        this::line,
        "no report about " + user + " counts");
  }

  private String line(Report report) {
    String which = "message " + report.message().id();
    String reason = Printable.line(report.reason());
    return moment(report.time()) + "  " + report.by() + " about " + which + ": " + reason;
  }

  /** The newest last, as in any log. */
  void audit(int count) {
    List<Entry> entries = Seat.finish(me.audit(Cursor.END, count)).entries();
    list("audit", entries, this::line, "nothing was decided yet");
  }

  private String line(Entry entry) {
    if (entry.event() instanceof Event.Decided decided) {
      String reason =
          When.readable(Printable.line(decided.reason()), Instant.now(), ZoneId.systemDefault());
      String who = decided.author() + " " + decided.action() + " " + decided.subject();
      return moment(decided.time()) + "  " + who + ": " + reason;
    }
    return moment(entry.event().time()) + "  " + entry.event().author();
  }

  private <T> void list(String task, List<T> all, Function<T, String> line, String none) {
    String lines = all.stream().map(line).collect(Collectors.joining("\n"));
    console.show(all.isEmpty() ? none : lines, () -> Json.answer(task, all));
  }

  private void done(String task, String text) {
    console.show(text, () -> Json.answer(task, true));
  }

  private static String moment(Instant time) {
    return When.moment(time, Instant.now(), ZoneId.systemDefault());
  }
}
