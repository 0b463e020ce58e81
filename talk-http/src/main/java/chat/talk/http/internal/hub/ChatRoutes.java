package chat.talk.http.internal.hub;

import static chat.talk.http.internal.hub.RestRoute.delete;
import static chat.talk.http.internal.hub.RestRoute.get;
import static chat.talk.http.internal.hub.RestRoute.patch;
import static chat.talk.http.internal.hub.RestRoute.post;
import static chat.talk.http.internal.hub.RestRoute.put;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.UserName;
import chat.talk.http.internal.hub.Bodies.ChatChange;
import chat.talk.http.internal.hub.Bodies.NewChat;
import chat.talk.http.internal.hub.Bodies.ReadPlace;
import chat.talk.http.internal.hub.Bodies.Typing;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.Command.Chats;
import chat.talk.room.Command.Identify;
import chat.talk.room.Command.Leave;
import chat.talk.room.Command.MarkRead;
import chat.talk.room.Command.Members;
import chat.talk.room.Command.Remove;
import chat.talk.room.Member;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Chats, and who is in them. */
final class ChatRoutes {
  private ChatRoutes() {}

  static List<RestRoute> all() {
    return List.of(
        get("/v1/chats", "The user's chats, the general one first, with what is unread.")
            .givesList(Chat.class)
            .by(call -> call.ask(new Chats())),
        post("/v1/chats", "Makes a private chat, owned by the user.")
            .takes(NewChat.class)
            .makes(Chat.class, chat -> "/v1/chats/" + chat.id())
            .fails(Code.CONFLICT)
            .by(call -> call.ask(call.body().command())),
        get("/v1/chats/{chat}", "One of the user's chats.")
            .gives(Chat.class)
            .fails(Code.FORBIDDEN)
            .by(ChatRoutes::chat),
        patch("/v1/chats/{chat}", "Renames, hands over or closes a chat; for its owner.")
            .takes(ChatChange.class)
            .fails(Code.FORBIDDEN, Code.UNKNOWN_USER, Code.GONE)
            .by(call -> call.ask(call.body().command(call.chat()))),
        get("/v1/chats/{chat}/members", "Who is in a chat.")
            .givesList(Member.class)
            .fails(Code.FORBIDDEN)
            .by(call -> call.ask(new Members(call.chat()))),
        delete("/v1/chats/{chat}/members/{user}", "Leaves a chat, or removes somebody from it.")
            .fails(Code.FORBIDDEN)
            .by(ChatRoutes::removeMember),
        put("/v1/chats/{chat}/read", "Says how far the user has read.")
            .takes(ReadPlace.class)
            .fails(Code.FORBIDDEN)
            .by(call -> call.ask(new MarkRead(call.chat(), call.body().upTo()))),
        put("/v1/chats/{chat}/typing", "Says that the user writes, or has stopped.")
            .takes(Typing.class)
            .fails(Code.FORBIDDEN)
            .by(call -> call.ask(new Command.Type(call.chat(), call.body().active()))));
  }

  private static CompletableFuture<Chat> chat(RestCall<Void> call) {
    ChatId id = call.chat();
    return call.ask(new Chats()).thenApply(chats -> find(chats, id));
  }

  private static Chat find(List<Chat> chats, ChatId id) {
    return chats.stream()
        .filter(chat -> chat.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new ChatException(Code.FORBIDDEN, "there is no such chat among the user's"));
  }

  private static CompletableFuture<Void> removeMember(RestCall<Void> call) {
    ChatId chat = call.chat();
    UserName user = call.user();
    return call.ask(new Identify())
        .thenCompose(
            me -> call.ask(me.user().equals(user) ? new Leave(chat) : new Remove(chat, user)));
  }
}
