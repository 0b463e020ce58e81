package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** The hub at the other end of a URL. */
record RemoteHub(String url, @Nullable Path trust) implements Hub {
  static Hub at(String url, @Nullable Path trust) {
    return new RemoteHub(url, trust);
  }

  @Override
  public CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    return CompletableFuture.failedFuture(
        new ChatException(Code.UNREACHABLE, "there is no way to " + url + " yet"));
  }

  @Override
  public CompletableFuture<Void> shutDown(String reason) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {}
}
