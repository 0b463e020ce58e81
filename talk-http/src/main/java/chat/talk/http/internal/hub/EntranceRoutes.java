package chat.talk.http.internal.hub;

import static chat.talk.http.internal.hub.RestRoute.delete;
import static chat.talk.http.internal.hub.RestRoute.get;
import static chat.talk.http.internal.hub.RestRoute.post;
import static chat.talk.http.internal.hub.RestRoute.put;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.UserName;
import chat.talk.http.internal.hub.Bodies.InvitationAnswer;
import chat.talk.http.internal.hub.Bodies.Invitee;
import chat.talk.http.internal.hub.Bodies.LinkToken;
import chat.talk.http.internal.hub.Bodies.NewLink;
import chat.talk.http.internal.hub.Bodies.OpenLink;
import chat.talk.http.internal.hub.Bodies.RequestAnswer;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.Command.Accept;
import chat.talk.room.Command.Approve;
import chat.talk.room.Command.CreateLink;
import chat.talk.room.Command.Decline;
import chat.talk.room.Command.Invitations;
import chat.talk.room.Command.Invite;
import chat.talk.room.Command.Knock;
import chat.talk.room.Command.Links;
import chat.talk.room.Command.Reject;
import chat.talk.room.Command.Requests;
import chat.talk.room.Command.RevokeLink;
import chat.talk.room.Command.Uninvite;
import chat.talk.room.Invitation;
import chat.talk.room.JoinRequest;
import chat.talk.room.Link;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The ways into private chats: invitations, links and those who wait. */
final class EntranceRoutes {
  private static final String INVITATIONS = "/v1/chats/{chat}/invitations";
  private static final String LINKS = "/v1/chats/{chat}/links";
  private static final String REQUESTS = "/v1/chats/{chat}/requests";

  private EntranceRoutes() {}

  static List<RestRoute> all() {
    return List.of(
        post(INVITATIONS, "Invites a user; for the owner.")
            .takes(Invitee.class)
            .makes(Invitation.class, made -> under(made.chat(), "invitations/" + made.user()))
            .fails(Code.FORBIDDEN, Code.UNKNOWN_USER, Code.CONFLICT, Code.GONE)
            .by(call -> call.ask(new Invite(call.chat(), call.body().user()))),
        delete(INVITATIONS + "/{user}", "Takes back an invitation; for the owner.")
            .fails(Code.FORBIDDEN)
            .by(call -> call.ask(new Uninvite(call.chat(), call.user()))),
        get("/v1/invitations", "The user's open invitations.")
            .givesList(Invitation.class)
            .by(call -> call.ask(new Invitations())),
        put("/v1/invitations/{chat}", "Enters a chat that the user was invited to, or declines.")
            .takes(InvitationAnswer.class)
            .gives(Chat.class)
            .orNothing()
            .fails(Code.NOT_FOUND, Code.GONE)
            .by(EntranceRoutes::answerInvitation),
        post(LINKS, "Makes an invitation link; for the owner.")
            .takes(NewLink.class)
            .makes(OpenLink.class, made -> under(made.chat(), "links/" + made.id()))
            .fails(Code.FORBIDDEN, Code.CONFLICT, Code.GONE)
            .by(EntranceRoutes::createLink),
        get(LINKS, "A chat's links that still open; for the owner.")
            .givesList(Link.class)
            .fails(Code.FORBIDDEN)
            .by(call -> call.ask(new Links(call.chat()))),
        delete(LINKS + "/{link}", "Ends a link; for the owner.")
            .fails(Code.FORBIDDEN)
            .by(call -> call.ask(new RevokeLink(call.chat(), call.path("link", String.class)))),
        post("/v1/requests", "Asks to be let into the chat of a link.")
            .takes(LinkToken.class)
            .makes(JoinRequest.class, made -> under(made.chat(), "requests/" + made.user()))
            .fails(Code.NOT_FOUND, Code.CONFLICT, Code.GONE)
            .by(call -> call.ask(new Knock(call.body().token()))),
        get(REQUESTS, "Who waits to be let in; for the owner.")
            .givesList(JoinRequest.class)
            .fails(Code.FORBIDDEN)
            .by(call -> call.ask(new Requests(call.chat()))),
        put(REQUESTS + "/{user}", "Lets somebody in who waits, or not; for the owner.")
            .takes(RequestAnswer.class)
            .fails(Code.FORBIDDEN, Code.NOT_FOUND, Code.GONE)
            .by(EntranceRoutes::answerRequest));
  }

  private static String under(ChatId chat, String rest) {
    return "/v1/chats/" + chat + "/" + rest;
  }

  private static CompletableFuture<?> answerInvitation(RestCall<InvitationAnswer> call) {
    ChatId chat = call.chat();
    return call.body().accepted() ? call.ask(new Accept(chat)) : call.ask(new Decline(chat));
  }

  private static CompletableFuture<OpenLink> createLink(RestCall<NewLink> call) {
    CreateLink command = call.body().command(call.chat());
    return call.ask(command).thenApply(link -> OpenLink.of(link, command.token()));
  }

  private static CompletableFuture<Void> answerRequest(RestCall<RequestAnswer> call) {
    ChatId chat = call.chat();
    UserName user = call.user();
    Command<Void> answer =
        call.body().approved() ? new Approve(chat, user) : new Reject(chat, user);
    return call.ask(answer);
  }
}
