package chat.talk.room;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Leaves it to the client's own memory to keep what is unanswered. */
final class InMemoryOutbox extends Outbox {
  static final InMemoryOutbox INSTANCE = new InMemoryOutbox();

  private InMemoryOutbox() {}

  @Override
  public List<Command<?>> waiting() {
    return List.of();
  }

  @Override
  public CompletableFuture<Void> saved() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  List<Kept> open(Login login) {
    return List.of();
  }

  @Override
  boolean keeps(Command<?> command) {
    return command instanceof Command.Send;
  }

  @Override
  void put(Command<?> command, Taken taken) {
    taken.taken(0, null);
  }

  @Override
  void remove(long number) {}

  @Override
  CompletableFuture<Void> close() {
    return saved();
  }
}
