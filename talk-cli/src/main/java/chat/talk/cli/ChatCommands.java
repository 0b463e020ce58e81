package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.cli.RoomCommand.Concern;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.Member;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which chats there are, who is in them, and in which one the user is at. */
final class ChatCommands {
  private static final int MOST_UNREAD_SHOWN = 100;
  private static final List<Chat.Kind> CHAT_KINDS =
      List.of(Chat.Kind.GENERAL, Chat.Kind.PRIVATE, Chat.Kind.DIRECT);

  /** The general chat, what has a title, and then users. */
  private static final Comparator<Chat> IN_ORDER =
      Comparator.comparing(chat -> CHAT_KINDS.indexOf(chat.kind()));

  private final Seat seat;
  private final WayInCommands waysIn;

  ChatCommands(Seat seat, WayInCommands waysIn) {
    this.seat = seat;
    this.waysIn = waysIn;
  }

  List<RoomCommand> all() {
    return List.of(
        new RoomCommand(":chats", "", "list your chats, with what is unread", this::chats)
            .concerning(Concern.NONE),
        new RoomCommand(
                ":join",
                "CHAT|LINK",
                "go to a chat, accept an invitation to it, or knock at a link",
                RoomCommand.Wants.CHAT,
                this::join)
            .concerning(Concern.WAY),
        new RoomCommand(":with", "USER", "talk with USER alone", RoomCommand.Wants.USER, this::with)
            .concerning(Concern.WAY),
        new RoomCommand(":create", "TITLE", "make a private chat and go there", this::create)
            .concerning(Concern.WAY),
        new RoomCommand(
                ":who", "[CHAT]", "list who is in this chat", RoomCommand.Wants.CHAT, this::who)
            .concerning(Concern.NONE),
        new RoomCommand(":title", "TITLE", "give this chat another title", this::title),
        new RoomCommand(
            ":owner", "USER", "hand this chat over", RoomCommand.Wants.USER, this::handOver),
        new RoomCommand(
                ":remove",
                "USER",
                "put USER out of this chat",
                RoomCommand.Wants.USER,
                this::remove)
            .concerning(Concern.HEARERS),
        new RoomCommand(
                ":leave", "[CHAT]", "go out of this chat", RoomCommand.Wants.CHAT, this::leave)
            .concerning(Concern.HEARERS),
        new RoomCommand(":close", "", "end this chat; it can still be read", this::close));
  }

  private void chats(Arguments arguments) {
    arguments.end();
    List<Chat> chats = seat.chats();
    String lines =
        chats.stream().sorted(IN_ORDER).map(this::line).collect(Collectors.joining("\n"));
    seat.answer(":chats", lines, chats);
  }

  private String line(Chat chat) {
    String mark = seat.rooms().isCurrent(chat.id()) ? "> " : "  ";
    return mark + seat.label(chat.id()) + unread(chat) + owner(chat);
  }

  private static String unread(Chat chat) {
    if (!chat.knowsUnread()) {
      return " (unread: not known just now)";
    }
    return chat.unread() == 0 ? "" : " (" + chat.unread() + " unread)";
  }

  private String owner(Chat chat) {
    String owner = chat.owner() == null ? "" : "  of " + seat.paint(chat.owner());
    return owner + (chat.closed() ? "  closed" : "");
  }

  private void join(Arguments arguments) {
    String name = arguments.text("a chat");
    List<Chat> before = seat.chats();
    Optional<ChatId> mine = seat.rooms().search(name);
    if (mine.isPresent()) {
      go(":join", mine.get(), before);
    } else {
      waysIn.enter(name).ifPresent(chat -> go(":join", chat.id(), List.of(chat)));
    }
  }

  private void with(Arguments arguments) {
    UserName user = arguments.user();
    arguments.end();
    ChatId chat = ChatId.direct(seat.rooms().me(), user);
    List<Chat> chats = seat.chats();
    boolean isNew = chats.stream().noneMatch(known -> known.id().equals(chat));
    if (isNew && members(Rooms.GENERAL).stream().noneMatch(one -> one.user().equals(user))) {
      throw new ChatException(Code.UNKNOWN_USER, "there is no user " + user);
    }
    go(":with", chat, chats);
  }

  /** A person is shown what he has not read there; a script has seen it already. */
  private void go(String command, ChatId chat, List<Chat> chats) {
    seat.rooms().go(chat);
    seat.console().talkTo(seat.label(chat));
    seat.answer(command, "you are at " + seat.label(chat) + " now", chat);
    chats.stream().filter(known -> known.id().equals(chat)).forEach(this::catchUp);
  }

  private void catchUp(Chat chat) {
    if (!seat.console().isScripted() && chat.unread() > 0) {
      Page page = Seat.finish(seat.me().readAfter(chat.id(), chat.read(), MOST_UNREAD_SHOWN));
      seat.entries(":join", "", page.entries());
    }
    if (chat.unread() != 0) {
      seat.screen().marks().mark(seat.me(), chat.id(), chat.head());
    }
  }

  private void create(Arguments arguments) {
    Chat chat = Seat.finish(seat.me().create(arguments.text("a title")));
    seat.rooms().learn(chat);
    go(":create", chat.id(), List.of());
  }

  private void who(Arguments arguments) {
    List<Member> members = members(seat.chat(arguments));
    String lines = members.stream().map(this::line).collect(Collectors.joining("\n"));
    seat.answer(":who", lines, members);
  }

  private List<Member> members(ChatId chat) {
    return Seat.finish(seat.me().members(chat));
  }

  private String line(Member member) {
    String you = member.user().equals(seat.rooms().me()) ? " (you)" : "";
    String owner = member.owner() ? " (owner)" : "";
    return "  " + seat.paint(member.user()) + you + owner + (member.online() ? "" : "  away");
  }

  private void title(Arguments arguments) {
    String title = arguments.text("a title");
    Seat.finish(seat.me().rename(seat.rooms().current(), title));
    seat.rooms().learn(seat.rooms().current(), title);
    seat.console().talkTo(seat.label(seat.rooms().current()));
    seat.done(":title", "this chat is called " + Printable.line(title) + " now");
  }

  private void handOver(Arguments arguments) {
    UserName user = arguments.user();
    arguments.end();
    Seat.finish(seat.me().handOver(seat.rooms().current(), user));
    seat.done(":owner", seat.paint(user) + " is the owner now");
  }

  private void remove(Arguments arguments) {
    UserName user = arguments.user();
    arguments.end();
    Seat.finish(seat.me().remove(seat.rooms().current(), user));
    seat.done(":remove", seat.paint(user) + " is put out");
  }

  private void leave(Arguments arguments) {
    ChatId chat = seat.chat(arguments);
    String label = seat.label(chat);
    Seat.finish(seat.me().call(new Command.Leave(chat)));
    seat.screen().left(chat);
    seat.done(":leave", "you have left " + label);
  }

  private void close(Arguments arguments) {
    arguments.end();
    Seat.finish(seat.me().close(seat.rooms().current()));
    seat.done(":close", "this chat is closed");
  }

  /** What a person sees first. */
  void begin() {
    List<Chat> chats = seat.chats();
    if (!seat.console().isScripted() && chats.size() > 1) {
      chats(new Arguments(":chats", ""));
    }
  }
}
