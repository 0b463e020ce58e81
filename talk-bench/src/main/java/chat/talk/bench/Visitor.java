package chat.talk.bench;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.UserName;
import chat.talk.room.Chunk;
import chat.talk.room.Command;
import chat.talk.room.Feed;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A bare session that takes and acknowledges all it is fed, and keeps nothing: what is measured is
 * the hub's, not the client's.
 */
final class Visitor implements Session.Listener {
  private static final int POLL = 256;

  private final UserName user;
  private final Token token = Token.random();
  private final Executor reader;
  private volatile CompletableFuture<Session> session = new CompletableFuture<>();

  Visitor(String name, Executor reader) {
    this.user = UserName.of(name);
    this.reader = reader;
  }

  UserName user() {
    return user;
  }

  CompletableFuture<Session> join(Hub hub) {
    return connect(hub, new Login.NewUser(user, token));
  }

  CompletableFuture<Session> comeBack(Hub hub) {
    return connect(hub, new Login.Known(token));
  }

  private CompletableFuture<Session> connect(Hub hub, Login login) {
    session = new CompletableFuture<>();
    CompletableFuture<Session> connected = session;
    hub.connect(login, Map.of(), this)
        .whenComplete(
            (value, failure) -> {
              if (failure != null) {
                connected.completeExceptionally(failure);
              } else {
                connected.complete(value);
                onReady();
              }
            });
    return connected;
  }

  <R> CompletableFuture<R> call(Command<R> command) {
    return session.join().call(command);
  }

  @Override
  public void onReady() {
    CompletableFuture<Session> current = session;
    if (current.isDone()) {
      reader.execute(() -> takeAll(current.join()));
    }
  }

  private static void takeAll(Session session) {
    Map<ChatId, Cursor> taken = new HashMap<>();
    for (Feed feed = session.poll(POLL); !feed.isEmpty(); feed = session.poll(POLL)) {
      for (Chunk chunk : feed.chunks()) {
        taken.put(chunk.chat(), chunk.next());
      }
    }
    if (!taken.isEmpty()) {
      session.call(new Command.Acknowledge(taken, true));
    }
  }

  /** Lets go of the session, and with it of the hub. */
  @Override
  public void onEnd(ChatException why) {
    session = new CompletableFuture<>();
  }
}
