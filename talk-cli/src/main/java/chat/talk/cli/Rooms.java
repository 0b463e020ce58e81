package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Recipient;
import chat.talk.UserName;
import chat.talk.room.Chat;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The chats that a user knows of, by the names he sees, and the one he is at. For any thread. */
final class Rooms {
  static final ChatId GENERAL = ChatId.of("general");

  private static final String USER = "@";

  /** As ids are written that a hub makes. Others may be words that stand in any sentence. */
  private static final Pattern RANDOM_ID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  /** As much as an id may be, without the dot that ends a sentence. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9\\-_.~]*[A-Za-z0-9\\-_~]");

  /** What labels are put between, and end with. */
  private static final Pattern BRACKETS = Pattern.compile("[\\[\\]()]");

  /** All that looks like one. */
  private static final Pattern SPACES =
      Pattern.compile("[\\s\\p{Z}\\x{115F}\\x{1160}\\x{2800}\\x{3164}\\x{FFA0}]+");

  /** What looks like nothing, and isn't made visible as it belongs to letters and pictures. */
  private static final Pattern NOTHING =
      Pattern.compile(
          "[\\x{34F}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}]");

  /** As much of an id tells some chats from each other. */
  private static final int SHORT = 4;

  /**
   * What a chat is called.
   *
   * @param shown as it is printed
   * @param folded the same for all that look alike
   */
  private record Title(String shown, String folded) {
    static Title of(String shown) {
      return new Title(shown, Rooms.folded(shown));
    }
  }

  private final UserName me;

  private final Map<ChatId, Title> titles = new ConcurrentHashMap<>();

  private volatile ChatId current = GENERAL;

  Rooms(UserName me) {
    this.me = me;
    titles.put(GENERAL, Title.of(GENERAL.value()));
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
    titles.put(chat, Title.of(title.isEmpty() ? nameless(chat) : Printable.line(title)));
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

  /**
   * What the user calls a chat: its title, or @ and with whom it is. A title that might be taken
   * for another chat has the beginning of the chat's id behind it.
   */
  String label(ChatId chat) {
    String title = title(chat);
    return isPlain(chat, title) ? title : unclosing(title) + " (" + shortId(chat) + ")";
  }

  /** No title ends the brackets that lines have around labels. */
  private static String unclosing(String title) {
    return title.replaceAll("[\\[\\x{FF3B}]", "(").replaceAll("[\\]\\x{FF3D}]", ")");
  }

  private String title(ChatId chat) {
    Title title = titles.get(chat);
    return title == null ? nameless(chat) : title.shown();
  }

  /** The general chat and users have their names for themselves. */
  private boolean isPlain(ChatId chat, String title) {
    return chat.equals(GENERAL)
        || isDirect(chat)
        || ((isClear(title) || title.equals(chat.value())) && isTheOnly(chat, folded(title)));
  }

  private boolean isTheOnly(ChatId chat, String folded) {
    return titles.keySet().stream().noneMatch(one -> !one.equals(chat) && is(one, folded));
  }

  /** Whether a title looks like no user, no id, no label and no other title. */
  static boolean isClear(String title) {
    String folded = folded(title);
    return !folded.startsWith(USER)
        && !isRandomId(folded)
        && !BRACKETS.matcher(folded).find()
        && SPACES.matcher(title).replaceAll(" ").strip().equals(title);
  }

  /** Whether two titles look the same to people. */
  static boolean areAlike(String one, String another) {
    return folded(one).equals(folded(another));
  }

  private static String folded(String title) {
    String seen = NOTHING.matcher(Normalizer.normalize(title, Form.NFKC)).replaceAll("");
    String cased = seen.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    String spaced = SPACES.matcher(Normalizer.normalize(cased, Form.NFKC)).replaceAll(" ");
    return spaced.strip();
  }

  private String shortId(ChatId chat) {
    String id = chat.value();
    int length = Math.min(SHORT, id.length());
    while (length < id.length() && isOfSeveral(id.substring(0, length))) {
      length++;
    }
    return id.substring(0, length);
  }

  private boolean isOfSeveral(String beginning) {
    return titles.keySet().stream().filter(one -> begins(one.value(), beginning)).count() > 1;
  }

  String label(Recipient to) {
    return to instanceof UserName user ? USER + user : label((ChatId) to);
  }

  private String nameless(ChatId chat) {
    return isDirect(chat) ? USER + other(chat) : chat.value();
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

  /**
   * The same, empty when it is none of his. An id that no title would be means its chat before all;
   * one that is a word does so only where no chat is called like that.
   */
  Optional<ChatId> search(String name) {
    Optional<ChatId> exact = only(name, chat -> isTelling(chat) && chat.value().equals(name));
    return exact.or(() -> called(name));
  }

  private Optional<ChatId> called(String name) {
    Optional<ChatId> labelled = only(name, chat -> label(chat).equalsIgnoreCase(name));
    if (name.startsWith(USER)) {
      return labelled.or(() -> only(name, chat -> isDirect(chat) && begins(title(chat), name)));
    }
    String folded = folded(name);
    return labelled
        .or(() -> only(name, chat -> is(chat, folded) || chat.value().equals(name)))
        .or(() -> only(name, chat -> begins(label(chat), name) || begins(chat.value(), name)));
  }

  /** Whether a name means one of his, or several. */
  boolean mayMean(String name) {
    try {
      return search(name).isPresent();
    } catch (ChatException e) {
      return true;
    }
  }

  private boolean is(ChatId chat, String folded) {
    Title title = titles.get(chat);
    return title != null
        && (title.folded().equals(folded)
            || (isDirect(chat) && title.folded().equals(USER + folded)));
  }

  private static boolean begins(String text, String beginning) {
    return text.regionMatches(true, 0, beginning, 0, beginning.length());
  }

  private Optional<ChatId> only(String name, Predicate<ChatId> fits) {
    List<ChatId> found = titles.keySet().stream().filter(fits).sorted().toList();
    if (found.size() > 1) {
      String labels = found.stream().map(this::label).sorted().collect(Collectors.joining(", "));
      throw new ChatException(
          Code.INVALID, Printable.line(name) + " may be one of several chats: " + labels);
    }
    return found.stream().findFirst();
  }

  /** The text with chats' labels in place of their ids, as far as these can't be other words. */
  String withLabels(String text) {
    return WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(shown(word.group())));
  }

  private String shown(String word) {
    return titles.keySet().stream()
        .filter(chat -> chat.value().equals(word) && isTelling(chat))
        .findFirst()
        .map(this::label)
        .orElse(word);
  }

  private boolean isTelling(ChatId chat) {
    return isDirect(chat) || isRandomId(chat.value());
  }

  private static boolean isRandomId(String text) {
    return RANDOM_ID.matcher(text).matches();
  }
}
