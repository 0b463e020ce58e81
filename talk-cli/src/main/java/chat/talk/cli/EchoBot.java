package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;

/** Says what it is told. */
final class EchoBot implements ChatMessageListener {
  @Override
  public void onMessage(ChatClient me, ChatMessage message) {
    var unused = me.send(message.author(), message.text());
  }
}
