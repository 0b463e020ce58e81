package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What a decision answers, once it is stored. */
@FunctionalInterface
interface Reply<R> {
  /** Says that the decision has to wait until what was decided before it is stored. */
  Reply<?> WAIT =
      answer -> answer.completeExceptionally(new ChatException(Code.INTERNAL, "must wait"));

  void give(CompletableFuture<R> answer);

  /** Answers with what the supplier says then. */
  static <R> Reply<R> of(Supplier<R> value) {
    return answer -> answer.complete(value.get());
  }

  static Reply<Void> done() {
    return answer -> answer.complete(null);
  }

  @SuppressWarnings("unchecked")
  static <R> Reply<R> later() {
    return (Reply<R>) WAIT;
  }
}
