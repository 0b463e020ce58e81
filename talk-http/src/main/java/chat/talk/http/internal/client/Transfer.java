package chat.talk.http.internal.client;

import chat.talk.ChatException;

/** A file on its way. */
interface Transfer {
  /** Ends it: what is asked of it from now on fails with this. */
  void end(ChatException why);
}
