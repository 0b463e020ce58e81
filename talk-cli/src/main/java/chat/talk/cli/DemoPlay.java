package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.ChatMessage;
import chat.talk.Peer;
import chat.talk.Recipient;
import chat.talk.UserName;
import chat.talk.room.HubClient;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A short chat with the bots that needs nobody at the keyboard. */
final class DemoPlay {
  private final DemoTown town;
  private final DemoHub hub;
  private final PlainConsole console;
  private final Duration patience;
  private final BlockingQueue<ChatMessage> answers = new LinkedBlockingQueue<>();

  DemoPlay(DemoTown town, DemoHub hub, PrintStream out, Duration patience) {
    this.town = town;
    this.hub = hub;
    this.console = new PlainConsole(System.in, out, System.err, () -> {});
    this.patience = patience;
  }

  /** Plays it and tells whether every bot answered in time. */
  boolean play() {
    Peer you = town.join("you", (me, message) -> answers.add(message));
    console.say(new UserList(you.users().join(), you.name(), null).show(Object::toString));
    return say(you, "echo", "Hello from nobody at all")
        && say(you, "clock", "What time is it?")
        && say(you, "guide", "How do I send a message?")
        && say(you, "echo", "Grüße, 世界 👋")
        && playOnTheHub();
  }

  /** What the bots say among themselves is no answer. */
  private boolean playOnTheHub() {
    HubClient you = hub.join("you", (me, message) -> hear(message));
    console.say("on the hub at " + hub.url());
    return say(you, Rooms.GENERAL, "guide", "Hello, everybody")
        && say(you, UserName.of("echo"), "echo", "Hello from a hub");
  }

  private void hear(ChatMessage message) {
    if (!SmallTalk.SPEAKERS.contains(message.author().value())) {
      answers.add(message);
    }
  }

  private boolean say(ChatClient you, String to, String text) {
    return say(you, UserName.of(to), to, text);
  }

  private boolean say(ChatClient you, Recipient to, String bot, String text) {
    console.say("you to " + to + ": " + text);
    try {
      you.send(to, text).join();
      return answered(bot);
    } catch (RuntimeException e) {
      console.fail(Printable.reason(ChatException.of(e)));
      return false;
    }
  }

  private boolean answered(String to) {
    try {
      ChatMessage answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (answer == null) {
        console.fail("no answer from " + to + " within " + patience.toSeconds() + " s");
        return false;
      }
      console.message(answer);
      return !console.isLost();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
