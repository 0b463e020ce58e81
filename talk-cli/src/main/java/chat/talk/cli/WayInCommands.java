package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.UserName;
import chat.talk.cli.RoomCommand.Concern;
import chat.talk.room.Chat;
import chat.talk.room.Invitation;
import chat.talk.room.JoinRequest;
import chat.talk.room.Link;
import chat.talk.room.Token;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How users get into private chats: invitations, links and requests. */
final class WayInCommands {
  private static final String TOKEN = "[A-Za-z0-9\\-._~]{22,512}";
  private static final int USES = 10;
  private static final Duration VALID = Duration.ofDays(1);

  private final Seat seat;
  private final Numbered<String> links = new Numbered<>("link", ":links");

  WayInCommands(Seat seat) {
    this.seat = seat;
  }

  List<RoomCommand> all() {
    return List.of(
        user(":invite", "USER [CHAT]", "invite USER to this chat", this::invite),
        user(":uninvite", "USER [CHAT]", "take the invitation back", this::uninvite),
        new RoomCommand(":invitations", "", "list your open invitations", this::invitations)
            .concerning(Concern.NONE),
        new RoomCommand(":accept", "CHAT", "accept an invitation", this::accept)
            .concerning(Concern.ELSEWHERE),
        new RoomCommand(":decline", "CHAT", "decline an invitation", this::decline)
            .concerning(Concern.ELSEWHERE),
        new RoomCommand(
            ":link",
            "[USES] [TIME]",
            "make a link to this chat, for 10 uses and 24h unless given",
            this::link),
        new RoomCommand(":links", "", "list this chat's links", this::links)
            .concerning(Concern.NONE),
        new RoomCommand(":unlink", "NUMBER", "end a link that :links shows", this::unlink),
        new RoomCommand(":knock", "LINK", "ask to be let in by a link", this::knock)
            .concerning(Concern.ELSEWHERE),
        new RoomCommand(
                ":requests",
                "[CHAT]",
                "list who waits to be let in",
                RoomCommand.Wants.CHAT,
                this::requests)
            .concerning(Concern.NONE),
        user(":approve", "USER [CHAT]", "let USER in", this::approve),
        user(":reject", "USER [CHAT]", "don't let USER in", this::reject));
  }

  private static RoomCommand user(
      String name, String parameters, String help, RoomCommand.Action action) {
    return new RoomCommand(name, parameters, help, RoomCommand.Wants.USER, action);
  }

  private void invite(Arguments arguments) {
    UserName user = arguments.user();
    ChatId chat = seat.chat(arguments);
    Invitation invitation = Seat.finish(seat.me().invite(chat, user));
    String text = seat.paint(user) + " is invited to " + seat.label(chat);
    seat.answer(":invite", text, invitation);
  }

  private void uninvite(Arguments arguments) {
    UserName user = arguments.user();
    ChatId chat = seat.chat(arguments);
    Seat.finish(seat.me().uninvite(chat, user));
    seat.done(":uninvite", seat.paint(user) + " is invited no more");
  }

  private void invitations(Arguments arguments) {
    arguments.end();
    List<Invitation> open = Seat.finish(seat.me().invitations());
    String lines = open.stream().map(one -> line(one, open)).collect(Collectors.joining("\n"));
    seat.answer(":invitations", open.isEmpty() ? "no invitations" : lines, open);
  }

  private String line(Invitation invitation, List<Invitation> open) {
    String title = Printable.line(invitation.title());
    String name = names(title, open) ? title : invitation.chat().value();
    return "  " + title + "  from " + seat.paint(invitation.by()) + "  (:join " + name + ")";
  }

  /** Whether a title can mean nothing but one invitation. */
  private boolean names(String title, List<Invitation> open) {
    return Rooms.isClear(title)
        && !seat.rooms().mayMean(title)
        && open.stream().filter(one -> Rooms.areAlike(title(one), title)).count() == 1;
  }

  private void accept(Arguments arguments) {
    Invitation invitation = invitation(arguments.text("a chat"));
    Chat chat = accepted(invitation);
    String label = seat.label(chat.id());
    seat.answer(":accept", "you are in " + label + " now (:join " + label + " goes there)", chat);
  }

  private Chat accepted(Invitation invitation) {
    ChatId id = invitation.chat();
    Chat chat = seat.screen().entering(id, () -> Seat.finish(seat.me().accept(id)));
    seat.rooms().learn(chat);
    return chat;
  }

  private void decline(Arguments arguments) {
    Invitation invitation = invitation(arguments.text("a chat"));
    Seat.finish(seat.me().decline(invitation.chat()));
    seat.done(":decline", "you declined to join " + title(invitation));
  }

  private static String title(Invitation invitation) {
    return Printable.line(invitation.title());
  }

  private Invitation invitation(String name) {
    return invited(name)
        .orElseThrow(
            () ->
                new ChatException(
                    Code.NOT_FOUND, "nobody invites you to " + name + " (:invitations)"));
  }

  private Optional<Invitation> invited(String name) {
    List<Invitation> all = Seat.finish(seat.me().invitations());
    Optional<Invitation> exact = only(all, name, one -> is(one, name));
    if (exact.isPresent() || name.startsWith("@")) {
      return exact;
    }
    String wanted = name.toLowerCase(Locale.ROOT);
    Optional<Invitation> called = only(all, name, one -> lower(one).equals(wanted));
    return called.or(() -> only(all, name, one -> lower(one).startsWith(wanted)));
  }

  private static String lower(Invitation invitation) {
    return title(invitation).toLowerCase(Locale.ROOT);
  }

  private static Optional<Invitation> only(
      List<Invitation> all, String name, Predicate<Invitation> fits) {
    List<Invitation> fitting = all.stream().filter(fits).toList();
    if (fitting.size() > 1) {
      String which =
          fitting.stream()
              .map(one -> title(one) + " from " + one.by() + " (:join " + one.chat() + ")")
              .collect(Collectors.joining(", "));
      throw Arguments.invalid(
          "you are invited to several chats " + Printable.line(name) + ": " + which);
    }
    return fitting.stream().findFirst();
  }

  private static boolean is(Invitation invitation, String id) {
    return invitation.chat().value().equals(id);
  }

  /**
   * Accepts the invitation to a chat, or knocks at a link.
   *
   * @return the chat; empty when somebody has to let the user in first
   */
  Optional<Chat> enter(String name) {
    Optional<Invitation> invited = invited(name);
    if (invited.isPresent()) {
      return invited.map(this::accepted);
    }
    if (!name.matches(TOKEN)) {
      throw new ChatException(
          Code.NOT_FOUND,
          "you are in no chat "
              + name
              + ", and nobody invites you to it (:with NAME talks with a user)");
    }
    knock(":join", name);
    return Optional.empty();
  }

  private void knock(Arguments arguments) {
    String link = arguments.word("a link");
    arguments.end();
    knock(":knock", link);
  }

  private void knock(String command, String link) {
    JoinRequest request = Seat.finish(seat.me().knock(Token.of(link)));
    seat.answer(command, "the chat's owner is asked to let you in", request);
  }

  private void link(Arguments arguments) {
    int uses = arguments.next().map(WayInCommands::count).orElse(USES);
    Duration valid = arguments.next().map(When::length).orElse(VALID);
    arguments.end();
    Token token = Token.random();
    Link link = Seat.finish(seat.me().createLink(seat.rooms().current(), token, valid, uses));
    String how = "link " + links.of(link.id()) + ", " + terms(link) + "; to come by it, enter";
    seat.answer(":link", how + "\n:join " + token.secret(), new Made(token, link));
  }

  /** A link as its maker is told it. */
  record Made(Token token, Link link) {}

  private static int count(String word) {
    if (!word.matches("\\d{1,6}")) {
      throw Arguments.invalid("how many uses a link has is a number, but was " + word);
    }
    return Integer.parseInt(word);
  }

  private String terms(Link link) {
    String uses = link.uses() == 1 ? "1 use" : link.uses() + " uses";
    return uses + " until " + seat.moment(link.expires());
  }

  private void links(Arguments arguments) {
    arguments.end();
    List<Link> open = Seat.finish(seat.me().links(seat.rooms().current()));
    String lines =
        open.stream()
            .map(link -> "  " + links.of(link.id()) + "  " + terms(link))
            .collect(Collectors.joining("\n"));
    seat.answer(":links", open.isEmpty() ? "no links" : lines, open);
  }

  private void unlink(Arguments arguments) {
    String id = links.find(arguments.word("a link's number"));
    arguments.end();
    Seat.finish(seat.me().revokeLink(seat.rooms().current(), id));
    seat.done(":unlink", "the link opens nothing any more");
  }

  private void requests(Arguments arguments) {
    List<JoinRequest> waiting = Seat.finish(seat.me().requests(seat.chat(arguments)));
    String lines =
        waiting.stream()
            .map(one -> "  " + seat.paint(one.user()) + "  since " + seat.moment(one.time()))
            .collect(Collectors.joining("\n"));
    seat.answer(":requests", waiting.isEmpty() ? "nobody waits" : lines, waiting);
  }

  private void approve(Arguments arguments) {
    UserName user = arguments.user();
    ChatId chat = seat.chat(arguments);
    Seat.finish(seat.me().approve(chat, user));
    seat.done(":approve", seat.paint(user) + " is in " + seat.label(chat) + " now");
  }

  private void reject(Arguments arguments) {
    UserName user = arguments.user();
    ChatId chat = seat.chat(arguments);
    Seat.finish(seat.me().reject(chat, user));
    seat.done(":reject", seat.paint(user) + " is not let into " + seat.label(chat));
  }
}
