package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One way to have a session with a hub. */
public interface Carrier {
  /** Connects, and asks to be let in. To be called once. */
  CompletableFuture<Session> open(Login login, Map<ChatId, Cursor> resume);

  /** Whether something in between, rather than the hub, seems to be why it could not be opened. */
  boolean seemsBlocked();

  /** Whether the hub may yet be asked to let the client in, although this was given up. */
  boolean mayStillArrive();

  /** Ends the session, and the connection without ado. */
  void end(ChatException why);
}
