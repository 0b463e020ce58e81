package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.UserName;
import java.util.Optional;
import org.jetbrains.annotations.Nullable;

/** What stands behind a command, taken word by word. */
final class Arguments {
  private final String command;
  private final @Nullable String secret;
  private String rest;

  Arguments(String command, String rest) {
    this(command, rest, null);
  }

  Arguments(String command, String rest, @Nullable String secret) {
    this.command = command;
    this.rest = rest.strip();
    this.secret = secret;
  }

  /** What was entered so that nobody sees it; empty when nothing was. */
  Optional<String> secret() {
    return Optional.ofNullable(secret).filter(entered -> !entered.isEmpty());
  }

  /** The next word; fails when there is none. */
  String word(String what) {
    return next().orElseThrow(() -> missing(what));
  }

  Optional<String> next() {
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    String[] words = rest.split("\\s+", 2);
    rest = words.length > 1 ? words[1] : "";
    return Optional.of(words[0]);
  }

  /** The next word, where a shell's quotes and backslashes keep spaces in it. */
  String quoted(String what) {
    if (rest.isEmpty()) {
      throw missing(what);
    }
    QuotedWord first = QuotedWord.first(rest);
    rest = first.behind();
    return first.word();
  }

  UserName user() {
    String word = word("a user");
    return UserName.of(word.startsWith("@") ? word.substring(1) : word);
  }

  /** All that is left; fails when that is nothing. */
  String text(String what) {
    return rest().orElseThrow(() -> missing(what));
  }

  Optional<String> rest() {
    Optional<String> all = rest.isEmpty() ? Optional.empty() : Optional.of(rest);
    rest = "";
    return all;
  }

  /** Fails when something is left. */
  void end() {
    if (!rest.isEmpty()) {
      throw invalid(command + " takes nothing more behind it, but there was " + rest);
    }
  }

  private ChatException missing(String what) {
    return invalid(command + " wants " + what + " behind it (:help " + command + ")");
  }

  static ChatException invalid(String message) {
    return new ChatException(Code.INVALID, message);
  }
}
