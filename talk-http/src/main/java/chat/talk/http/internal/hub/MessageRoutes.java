package chat.talk.http.internal.hub;

import static chat.talk.http.internal.hub.RestRoute.delete;
import static chat.talk.http.internal.hub.RestRoute.get;
import static chat.talk.http.internal.hub.RestRoute.patch;
import static chat.talk.http.internal.hub.RestRoute.post;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.http.internal.hub.Bodies.NewMessage;
import chat.talk.http.internal.hub.Bodies.NewText;
import chat.talk.http.internal.hub.Bodies.Reason;
import chat.talk.http.internal.hub.Bodies.ScheduleChange;
import chat.talk.room.Command;
import chat.talk.room.Command.Cancel;
import chat.talk.room.Command.Comments;
import chat.talk.room.Command.Edit;
import chat.talk.room.Command.Erase;
import chat.talk.room.Command.Find;
import chat.talk.room.Command.Identify;
import chat.talk.room.Command.ReadAfter;
import chat.talk.room.Command.ReadBefore;
import chat.talk.room.Command.ReportMessage;
import chat.talk.room.Command.Reschedule;
import chat.talk.room.Command.Schedules;
import chat.talk.room.Scheduled;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Messages: said, read, changed, reported and sent later. */
final class MessageRoutes {
  private static final String IN_CHAT = "/v1/chats/{chat}/messages";
  private static final String MESSAGE = "/v1/messages/{author}/{id}";
  private static final String SCHEDULED = "/v1/scheduled";
  private static final String ONE_SCHEDULED = "/v1/scheduled/{id}";

  private MessageRoutes() {}

  static List<RestRoute> all() {
    return List.of(
        get(IN_CHAT, "Reads a chat's log: forwards with after, else backwards, from its end.")
            .query("after", "before", "limit")
            .gives(Page.class)
            .fails(Code.FORBIDDEN)
            .by(MessageRoutes::read),
        sending(post(IN_CHAT, "Says something in a chat, or later with sendAt."))
            .fails(Code.FORBIDDEN, Code.NOT_FOUND, Code.CONFLICT, Code.GONE)
            .by(call -> call.ask(call.body().command(call.chat()))),
        sending(
                post(
                    "/v1/users/{user}/messages", "Says something to a user, or later with sendAt."))
            .fails(Code.UNKNOWN_USER, Code.CONFLICT)
            .by(call -> call.ask(call.body().command(call.user()))),
        get(MESSAGE, "One message of the user's chats.")
            .gives(Entry.class)
            .fails(Code.NOT_FOUND)
            .by(call -> call.ask(new Find(call.message()))),
        patch(MESSAGE, "Gives a message of the user's own another text.")
            .takes(NewText.class)
            .gives(Entry.class)
            .fails(Code.FORBIDDEN, Code.NOT_FOUND, Code.GONE)
            .by(call -> own(call, id -> new Edit(id, call.body().text()))),
        delete(MESSAGE, "Takes away the text of a message of the user's own.")
            .gives(Entry.class)
            .fails(Code.FORBIDDEN, Code.NOT_FOUND)
            .by(call -> own(call, Erase::new)),
        get(MESSAGE + "/comments", "The comments on a message.")
            .query("after", "limit")
            .gives(Page.class)
            .fails(Code.NOT_FOUND)
            .by(call -> call.ask(new Comments(call.message(), call.after(), call.limit()))),
        post(MESSAGE + "/reports", "Reports a message to the moderators.")
            .takes(Reason.class)
            .fails(Code.NOT_FOUND)
            .by(call -> call.ask(new ReportMessage(call.message(), call.body().reason()))),
        get(SCHEDULED, "The user's scheduled messages that wait, the next one first.")
            .givesList(Scheduled.class)
            .by(call -> call.ask(new Schedules())),
        get(ONE_SCHEDULED, "One of the user's scheduled messages that wait.")
            .gives(Scheduled.class)
            .fails(Code.NOT_FOUND)
            .by(call -> scheduled(call, call.id())),
        patch(ONE_SCHEDULED, "Changes a scheduled message's text, time or both.")
            .takes(ScheduleChange.class)
            .gives(Scheduled.class)
            .fails(Code.NOT_FOUND, Code.GONE)
            .by(MessageRoutes::reschedule),
        delete(ONE_SCHEDULED, "Calls a scheduled message off, and tells what became of it.")
            .gives(Scheduled.class)
            .fails(Code.NOT_FOUND)
            .by(call -> call.ask(new Cancel(call.id()))));
  }

  private static RestRoute.Draft<NewMessage> sending(RestRoute.Draft<Void> route) {
    return route
        .takes(NewMessage.class)
        .makes(Entry.class, said -> at(said.event().key()))
        .makes(202, Scheduled.class, later -> SCHEDULED + "/" + later.draft().id());
  }

  private static String at(MessageKey message) {
    return "/v1/messages/" + message.author() + "/" + message.id();
  }

  private static CompletableFuture<Page> read(RestCall<Void> call) {
    Optional<Cursor> after = call.query("after", Cursor.class);
    Optional<Cursor> before = call.query("before", Cursor.class);
    if (after.isPresent() && before.isPresent()) {
      throw new ChatException(Code.INVALID, "one reads after a place or before one");
    }
    return after.isPresent()
        ? call.ask(new ReadAfter(call.chat(), after.get(), call.limit()))
        : call.ask(new ReadBefore(call.chat(), before.orElse(Cursor.END), call.limit()));
  }

  /** Asks for what one may ask of one's own messages only. */
  private static <R> CompletableFuture<R> own(
      RestCall<?> call, Function<MessageId, Command<R>> command) {
    MessageKey message = call.message();
    return call.ask(new Identify())
        .thenCompose(
            me -> {
              if (!me.user().equals(message.author())) {
                throw new ChatException(Code.FORBIDDEN, "only its author changes a message");
              }
              return call.ask(command.apply(message.id()));
            });
  }

  private static CompletableFuture<Scheduled> scheduled(RestCall<?> call, MessageId id) {
    return call.ask(new Schedules())
        .thenApply(
            all ->
                all.stream()
                    .filter(one -> one.draft().id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new ChatException(Code.NOT_FOUND, "no such message waits")));
  }

  private static CompletableFuture<Scheduled> reschedule(RestCall<ScheduleChange> call) {
    ScheduleChange change = call.body();
    MessageId id = call.id();
    if (change.text() != null && change.sendAt() != null) {
      return call.ask(new Reschedule(id, change.text(), change.sendAt()));
    }
    return scheduled(call, id)
        .thenCompose(
            now ->
                call.ask(
                    new Reschedule(
                        id,
                        change.text() == null ? now.draft().text() : change.text(),
                        change.sendAt() == null ? now.at() : change.sendAt())));
  }
}
