package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.room.Command;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Decides about one kind of command. Refuses by throwing a {@code ChatException}; what it has
 * changed until then is undone.
 */
@FunctionalInterface
interface Handler<C extends Command<R>, R> {
  Reply<R> decide(C command, Turn turn);

  /** The messages that it needs to know. */
  default List<MessageKey> keys(C command, UserName asker) {
    return List.of();
  }

  /** Answers that it was refused, or that what it changed could not be stored. */
  default void refused(C command, UserName asker, ChatException why, CompletableFuture<R> answer) {
    answer.completeExceptionally(why);
  }
}
