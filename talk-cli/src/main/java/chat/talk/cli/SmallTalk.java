package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Notice;
import chat.talk.Scheduler;
import java.time.Duration;
import java.util.List;

/** Two bots that keep a conversation going in the general chat, slowly enough to follow. */
final class SmallTalk implements ChatMessageListener {
  static final List<String> SPEAKERS = List.of("ada", "ben");

  private static final Duration PAUSE = Duration.ofSeconds(15);

  private static final List<String> LINES =
      List.of(
          "Is anybody here?",
          "I am. And whoever else has joined this hub.",
          "What happens to what I say while somebody is away?",
          "It waits for him: everybody reads on from where he was.",
          "And if the hub is restarted?",
          "Everybody comes back by himself, and nothing is lost or said twice.");

  private final boolean begins;
  private boolean hasBegun;

  private SmallTalk(boolean begins) {
    this.begins = begins;
  }

  static SmallTalk beginning() {
    return new SmallTalk(true);
  }

  static SmallTalk answering() {
    return new SmallTalk(false);
  }

  @Override
  public void onNotice(ChatClient me, Notice notice) {
    boolean isHere =
        notice instanceof Notice.StateChanged change
            && change.state() == ChatClient.State.CONNECTED;
    if (begins && isHere && !hasBegun) {
      hasBegun = true;
      var unused = me.send(Rooms.GENERAL, LINES.get(0));
    }
  }

  /** Says the line behind the one that the other has said. */
  @Override
  public void onMessage(ChatClient me, ChatMessage message) {
    int said = LINES.indexOf(message.text());
    if (said >= 0 && message.chat().equals(Rooms.GENERAL)) {
      String answer = LINES.get((said + 1) % LINES.size());
      Scheduler.system().after(PAUSE, () -> say(me, answer));
    }
  }

  private static void say(ChatClient me, String line) {
    if (me.state() != ChatClient.State.CLOSED) {
      var unused = me.send(Rooms.GENERAL, line);
    }
  }
}
