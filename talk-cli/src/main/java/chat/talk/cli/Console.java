package chat.talk.cli;

import chat.talk.ChatMessage;
import chat.talk.UserName;
import java.util.Set;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/**
 * Where the user sits: a terminal or a pipe. All methods but {@link #readLine} may be called by any
 * thread. What comes from others goes through {@link Printable} before it gets here, a {@link
 * ChatMessage} excepted.
 */
interface Console extends AutoCloseable {
  /** The next line the user enters; null when there will be no more. */
  @Nullable
  String readLine();

  /** Shows what somebody said. */
  void message(ChatMessage message);

  /** Shows the result of a command; may be several lines. */
  void say(String text);

  /** Shows what went wrong. */
  void fail(String text);

  /**
   * Shows something that programs may want to read as well.
   *
   * @param line for people; may be several lines
   * @param json the same as an object, made where it is wanted
   */
  default void show(String line, Supplier<String> json) {
    say(line);
  }

  /** Shows what went wrong, to programs as well. */
  default void fail(String text, Supplier<String> json) {
    fail(text);
  }

  /** Shows what was entered, where {@link #replaceTyped} has taken it away. */
  default void echo(String line) {}

  /** Shows how far something has come, in one place; nothing, once it is empty. */
  default void progress(String line) {}

  /** From now on a line vanishes when it was entered; what comes of it is shown instead. */
  default void replaceTyped() {}

  /** Reads a line that nobody is to see; null when there will be no more. */
  default @Nullable String readSecret(String question) {
    return readLine();
  }

  /** Shows where the next line goes to, as {@link #paint} and others made it look. */
  default void talkTo(@Nullable String whom) {}

  /** Shows how much of what was entered waits for somebody who isn't there just now. */
  default void waiting(int count) {}

  /** How to help with what is typed, instead of with what a peer may type. */
  default void completeWith(Words words) {}

  /** Names to help with when the user types one, instead of those before. */
  default void suggest(Set<UserName> users) {}

  /** One more name to help with. */
  default void suggest(UserName user) {}

  /** What to do when the user wants help with a name, and none is known that fits. */
  default void onNoSuggestion(Runnable lookUp) {}

  /** The name as it looks best here. */
  default String paint(UserName user) {
    return user.value();
  }

  /** A text that is less important than what stands around it. */
  default String dim(String text) {
    return text;
  }

  /** Whether what is shown is read by programs only. */
  default boolean isForPrograms() {
    return false;
  }

  /** Whether a line is to be done with before the next one is read, as a script needs it. */
  default boolean isScripted() {
    return true;
  }

  /** Whether nobody can see any more what is shown here; there is no next line then, either. */
  default boolean isLost() {
    return false;
  }

  @Override
  default void close() {}
}
