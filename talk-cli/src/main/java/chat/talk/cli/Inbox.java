package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Entry;
import chat.talk.Notice;

/** Shows what comes in. */
final class Inbox implements ChatMessageListener {
  private final Console console;

  Inbox(Console console) {
    this.console = console;
  }

  @Override
  public void onMessage(ChatClient me, ChatMessage message) {
    console.suggest(message.author());
    console.message(message);
  }

  /** What somebody says to himself is shown as well: otherwise he would think it was lost. */
  @Override
  public void onEntry(ChatClient me, Entry entry) {
    if (entry.event() instanceof ChatMessage message
        && (!message.author().equals(me.name()) || isToMyself(me, message))) {
      onMessage(me, message);
    }
  }

  @Override
  public void onNotice(ChatClient me, Notice notice) {
    if (notice instanceof Notice.StateChanged change) {
      stateChanged(change.state());
    }
  }

  private static boolean isToMyself(ChatClient me, ChatMessage message) {
    return message.chat().equals(ChatId.direct(me.name(), me.name()));
  }

  private void stateChanged(ChatClient.State state) {
    if (state == ChatClient.State.DISCONNECTED) {
      console.fail("the registry does not answer; trying on");
    } else if (state == ChatClient.State.CONNECTED) {
      console.say("the registry answers again");
    }
  }
}
