package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;

/** A bot that answers only who talks with it alone. */
record DirectBot(ChatMessageListener bot) implements ChatMessageListener {
  @Override
  public void onMessage(ChatClient me, ChatMessage message) {
    if (message.chat().isDirectOf(me.name())) {
      bot.onMessage(me, message);
    }
  }
}
