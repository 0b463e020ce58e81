package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A hub that is always away: whatever it is asked for waits. */
final class NoHub implements Hub {
  @Override
  public CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    return CompletableFuture.failedFuture(
        new ChatException(Code.UNREACHABLE, "there is no hub here"));
  }

  @Override
  public CompletableFuture<Void> shutDown(String reason) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
