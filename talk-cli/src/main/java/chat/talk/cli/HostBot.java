package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Draft;
import java.util.HashSet;
import java.util.Set;

/** Welcomes whoever speaks for the first time, and explains a hub to who asks it alone. */
final class HostBot implements ChatMessageListener {
  static final String WELCOME =
      "Welcome! :with echo talks with a bot alone, :create TITLE makes a private chat, :comment"
          + " last TEXT comments on what was said last, :help lists the rest.";

  /** Only used by the listener's calls. */
  private final Set<String> known = new HashSet<>(SmallTalk.SPEAKERS);

  @Override
  public void onMessage(ChatClient me, ChatMessage message) {
    boolean isDirect = message.chat().isDirectOf(me.name());
    if (isDirect || known.add(message.author().value())) {
      Draft answer = Draft.of(isDirect ? message.author() : message.chat(), WELCOME);
      var unused = me.send(answer.about(message.key()));
    }
  }
}
