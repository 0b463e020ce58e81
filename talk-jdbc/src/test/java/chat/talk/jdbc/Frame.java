package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Feed;
import chat.talk.room.Login;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/** What goes over a {@link Wire} between a hub's process and its clients'. */
sealed interface Frame {
  /** The client's first. */
  record Hello(Login login, Map<ChatId, Cursor> resume) implements Frame {}

  /** The hub's first, or {@link Ended}. */
  record Welcome(UserName user, String device) implements Frame {}

  /** The client asks for something. */
  record Question(long number, Command<?> command) implements Frame {}

  /** What came of it. */
  record Answer(long number, @Nullable Object value, @Nullable ChatException failure)
      implements Frame {}

  /** The client has taken the last feed, and can take another. */
  record More() implements Frame {}

  /** What happened; the next one comes when the client can take it. */
  record Fed(Feed feed) implements Frame {}

  /** The hub has ended the session, or lets nobody in. */
  record Ended(ChatException why) implements Frame {}
}
