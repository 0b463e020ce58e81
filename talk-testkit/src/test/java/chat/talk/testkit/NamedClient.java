package chat.talk.testkit;

import chat.talk.Capability;
import chat.talk.ChatClient;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Page;
import chat.talk.UserName;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A client that can do nothing but say its name, when it is told to. */
record NamedClient(Supplier<UserName> source) implements ChatClient {
  @Override
  public UserName name() {
    return source.get();
  }

  @Override
  public CompletableFuture<Entry> send(Draft draft) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Page> readAfter(ChatId chat, Cursor after, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Page> readBefore(ChatId chat, Cursor before, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public State state() {
    return State.CONNECTED;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  public void close() {}
}
