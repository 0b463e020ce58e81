package chat.talk.cli;

import chat.talk.ChatMessage;
import chat.talk.UserName;
import java.util.Set;
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

  /** Shows who is talked to from now on. */
  default void select(@Nullable UserName user) {}

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
