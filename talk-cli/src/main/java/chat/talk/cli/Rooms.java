package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Recipient;
import chat.talk.UserName;
import chat.talk.room.Chat;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The chats that a user knows of, by the names he sees, and the one he is at. For any thread. */
final class Rooms {
  static final ChatId GENERAL = ChatId.of("general");

  private final UserName me;
  private final Map<ChatId, String> titles = new ConcurrentHashMap<>();
  private volatile ChatId current = GENERAL;

  Rooms(UserName me) {
    this.me = me;
    titles.put(GENERAL, GENERAL.value());
  }

  UserName me() {
    return me;
  }

  /** These are all that there are. */
  void learn(List<Chat> chats) {
    List<ChatId> ids = chats.stream().map(Chat::id).toList();
    titles.keySet().removeIf(chat -> !chat.equals(GENERAL) && !ids.contains(chat));
    chats.forEach(this::learn);
  }

  void learn(Chat chat) {
    learn(chat.id(), chat.title());
  }

  void learn(ChatId chat, String title) {
    titles.put(chat, title.isEmpty() ? nameless(chat) : title);
  }

  void forget(ChatId chat) {
    titles.remove(chat);
  }

  boolean knows(ChatId chat) {
    return titles.containsKey(chat) || isDirect(chat);
  }

  ChatId current() {
    return current;
  }

  boolean isCurrent(ChatId chat) {
    return chat.equals(current);
  }

  void go(ChatId chat) {
    current = chat;
  }

  /** Where what is said goes to: a user, where his direct chat may not be there yet. */
  Recipient recipient() {
    return isDirect(current) ? other(current) : current;
  }

  /** What the user calls a chat: its title, or @ and with whom it is. */
  String label(ChatId chat) {
    return Printable.line(titles.getOrDefault(chat, nameless(chat)));
  }

  String label(Recipient to) {
    return to instanceof UserName user ? "@" + user : label((ChatId) to);
  }

  private String nameless(ChatId chat) {
    return isDirect(chat) ? "@" + other(chat) : chat.value();
  }

  boolean isDirect(ChatId chat) {
    return chat.isDirectOf(me);
  }

  private UserName other(ChatId chat) {
    String[] two = chat.value().split("~", 2);
    return UserName.of(two[0].equals(me.value()) ? two[1] : two[0]);
  }

  Stream<String> labels() {
    return titles.keySet().stream().map(this::label).sorted();
  }

  /**
   * The chat that a user means.
   *
   * @throws ChatException when it is none of his, or may be several
   */
  ChatId find(String name) {
    return search(name)
        .orElseThrow(
            () ->
                new ChatException(
                    Code.NOT_FOUND, "you are in no chat " + name + " (:chats lists yours)"));
  }

  /** The same, empty when it is none of his. */
  Optional<ChatId> search(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    Collection<ChatId> chats = titles.keySet();
    Optional<ChatId> exact = only(chats, name, chat -> chat.value().equals(name));
    Optional<ChatId> called = exact.or(() -> only(chats, name, chat -> is(chat, wanted)));
    return called.or(() -> only(chats, name, chat -> begins(chat, wanted)));
  }

  private boolean is(ChatId chat, String wanted) {
    String label = label(chat).toLowerCase(Locale.ROOT);
    return label.equals(wanted) || label.equals("@" + wanted);
  }

  private boolean begins(ChatId chat, String wanted) {
    return label(chat).toLowerCase(Locale.ROOT).startsWith(wanted)
        || chat.value().startsWith(wanted);
  }

  private static Optional<ChatId> only(
      Collection<ChatId> chats, String name, Predicate<ChatId> fits) {
    List<ChatId> found = chats.stream().filter(fits).sorted().toList();
    if (found.size() > 1) {
      throw new ChatException(
          Code.INVALID, name + " may be one of several chats; their ids are " + found);
    }
    return found.stream().findFirst();
  }
}
