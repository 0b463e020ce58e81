package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.UserName;
import java.time.Instant;

/** What decides about one command: who asks, and the batch that the decision goes into. */
record Turn(LocalSession session, Batch batch) {
  Account me() {
    return session.account();
  }

  UserName name() {
    return session.user();
  }

  Instant now() {
    return batch.now();
  }

  /** The entry that the command's key points at; the user may be kept from seeing it. */
  Entry found(MessageKey key) {
    Entry entry = batch.found(key);
    if (entry == null || !mayRead(entry)) {
      throw new ChatException(Code.NOT_FOUND, "there is no such message");
    }
    return entry;
  }

  private boolean mayRead(Entry entry) {
    Membership membership = me().memberships.get(entry.event().chat());
    return membership != null && membership.isOpen() && membership.covers(entry.cursor());
  }
}
