package chat.talk.http.internal.hub;

import static chat.talk.http.internal.hub.RestRoute.delete;
import static chat.talk.http.internal.hub.RestRoute.get;
import static chat.talk.http.internal.hub.RestRoute.put;

import chat.talk.ChatException.Code;
import chat.talk.Page;
import chat.talk.http.internal.hub.Bodies.Alive;
import chat.talk.http.internal.hub.Bodies.NewBan;
import chat.talk.room.Ban;
import chat.talk.room.Command.Audit;
import chat.talk.room.Command.BanUser;
import chat.talk.room.Command.Bans;
import chat.talk.room.Command.Check;
import chat.talk.room.Command.Connections;
import chat.talk.room.Command.Disconnect;
import chat.talk.room.Command.Reports;
import chat.talk.room.Command.Unban;
import chat.talk.room.Connection;
import chat.talk.room.Report;
import java.util.List;

/** What administrators may ask for. */
final class AdminRoutes {
  private static final String CONNECTION = "/v1/admin/connections/{connection}";
  private static final String BAN = "/v1/admin/bans/{user}";

  private AdminRoutes() {}

  static List<RestRoute> all() {
    return List.of(
        get("/v1/admin/connections", "The sessions; for administrators, as all that follows.")
            .givesList(Connection.class)
            .fails(Code.FORBIDDEN)
            .by(call -> call.ask(new Connections())),
        get(CONNECTION, "Whether a session's client still takes what it is fed.")
            .gives(Alive.class)
            .fails(Code.FORBIDDEN)
            .by(call -> call.ask(new Check(connection(call))).thenApply(Alive::new)),
        delete(CONNECTION, "Ends a session.")
            .fails(Code.FORBIDDEN)
            .by(call -> call.ask(new Disconnect(connection(call)))),
        get("/v1/admin/bans", "Who is banned.")
            .givesList(Ban.class)
            .fails(Code.FORBIDDEN)
            .by(call -> call.ask(new Bans())),
        put(BAN, "Bans a user.")
            .takes(NewBan.class)
            .fails(Code.FORBIDDEN, Code.UNKNOWN_USER)
            .by(
                call ->
                    call.ask(new BanUser(call.user(), call.body().until(), call.body().reason()))),
        delete(BAN, "Undoes a ban, and the reports that led to it.")
            .query("reason")
            .fails(Code.FORBIDDEN, Code.UNKNOWN_USER)
            .by(
                call ->
                    call.ask(
                        new Unban(call.user(), call.query("reason", String.class).orElse("")))),
        get("/v1/admin/users/{user}/reports", "A user's reports that count.")
            .givesList(Report.class)
            .fails(Code.FORBIDDEN, Code.UNKNOWN_USER)
            .by(call -> call.ask(new Reports(call.user()))),
        get("/v1/admin/audit", "The decisions about users, backwards.")
            .query("before", "limit")
            .gives(Page.class)
            .fails(Code.FORBIDDEN)
            .by(call -> call.ask(new Audit(call.before(), call.limit()))));
  }

  private static long connection(RestCall<?> call) {
    return call.path("connection", Long.class);
  }
}
