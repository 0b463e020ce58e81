package chat.talk.jdbc;

import static chat.talk.jdbc.Table.Type.NUMBER;
import static chat.talk.jdbc.Table.Type.TEXT;

import java.util.List;

/** All tables that hold what Talk keeps, each behind those that its rows refer to. */
final class Tables {
  static final Table LOGS =
      Table.of("logs", NUMBER, "log").text("chat").epoch("epoch").number("expired");

  static final Table ENTRIES =
      Table.of("entries", NUMBER, "log", "place")
          .text("kind", "author", "id")
          .number("time")
          .text("text", "revision", "about_author", "about_id", "subject", "action")
          .epoch("to_epoch")
          .number("to_place")
          .text("file_name", "file_type", "file_digest")
          .number("file_size");

  private static final Table POSITIONS =
      Table.of("positions", TEXT, "reader", "chat").epoch("epoch").number("place");

  private static final Table USERS =
      Table.of("users", TEXT, "name")
          .number("since")
          .text("password")
          .number("reports", "banned_until");

  private static final Table TOKENS =
      Table.of("tokens", TEXT, "device").text("owner", "digest").number("since").text("let_in_by");

  private static final Table CHATS =
      Table.of("chats", TEXT, "id").text("kind", "title", "owner").number("since", "closed");

  private static final Table MEMBERS =
      Table.of("members", TEXT, "chat", "member")
          .ranges("ranges")
          .epoch("read_epoch")
          .number("read_place");

  private static final Table DELIVERED =
      Table.of("delivered", TEXT, "device", "chat").epoch("epoch").number("place");

  private static final Table WINDOWS =
      Table.of("limit_windows", TEXT, "member").number("since", "used");

  private static final Table REACHED =
      Table.of("reached", TEXT, "chat")
          .number("since")
          .number("until")
          .epoch("epoch")
          .number("place");

  private static final Table INVITATIONS =
      Table.of("invitations", TEXT, "chat", "invited").text("title", "inviter").number("time");

  private static final Table LINKS =
      Table.of("links", TEXT, "id").text("chat").number("expires", "uses", "revoked");

  private static final Table REQUESTS =
      Table.of("join_requests", TEXT, "chat", "requester").text("link").number("time");

  private static final Table SCHEDULE =
      Table.of("schedule", TEXT, "author", "id")
          .text("to_user", "to_chat", "text", "about_author", "about_id")
          .text("file_name", "file_type", "file_digest")
          .number("file_size", "due")
          .text("state", "refusal")
          .number("ended");

  private static final Table REPORTS =
      Table.of("reports", TEXT, "reporter", "author", "id").text("reason").number("time", "spent");

  static final Table FILES =
      Table.of("files", TEXT, "author", "id").text("chat", "digest").number("size", "time");

  private static final Table REGISTRATIONS =
      Table.of("registrations", TEXT, "name")
          .text("protocol", "host")
          .number("port")
          .text("claim")
          .number("revision");

  static final List<Table> ALL =
      List.of(
          LOGS,
          ENTRIES,
          POSITIONS,
          USERS,
          TOKENS,
          CHATS,
          MEMBERS,
          DELIVERED,
          WINDOWS,
          REACHED,
          INVITATIONS,
          LINKS,
          REQUESTS,
          SCHEDULE,
          REPORTS,
          FILES,
          REGISTRATIONS);

  private Tables() {}
}
