package chat.talk;

/**
 * What an application implements to hear what is said. A lambda will do:
 *
 * <pre>{@code
 * (me, message) -> me.send(message.author(), "You said: " + message.text())
 * }</pre>
 *
 * <p>All calls to one listener come one at a time, on a thread that is the client's own and does no
 * I/O for it, so a listener may block: it delays only itself. Entries of one chat come in the order
 * of its log, each once; only when a client's process was killed, and another goes on with its
 * storage, may the last few come again. A listener that throws is logged and is called again for
 * what follows. After {@link ChatClient#close()} has returned, no call begins, unless the listener
 * itself has called it: the notice that the client is closed follows then.
 */
@FunctionalInterface
public interface ChatMessageListener {
  /**
   * Somebody else has said something.
   *
   * @param me the client that this listener was given to
   * @param message what was said
   */
  void onMessage(ChatClient me, ChatMessage message);

  /**
   * An entry was added to one of the user's chats: somebody's message, one of his own (also from
   * another device), or an event of another kind. Unless overridden, hands other people's messages
   * to {@link #onMessage} and drops the rest.
   *
   * @param me the client that this listener was given to
   * @param entry the entry with its cursor, from which reading can go on
   */
  default void onEntry(ChatClient me, Entry entry) {
    if (entry.event() instanceof ChatMessage message && !message.author().equals(me.name())) {
      onMessage(me, message);
    }
  }

  /**
   * Something that stands in no log: the client's state changed, or entries were lost. Does nothing
   * unless overridden.
   *
   * @param me the client that this listener was given to
   * @param notice what there is to know
   */
  default void onNotice(ChatClient me, Notice notice) {}
}
