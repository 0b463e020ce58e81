package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Tells the time, whatever it is asked. */
final class ClockBot implements ChatMessageListener {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("'It is' HH:mm:ss 'on' EEEE, d MMMM uuuu.", Locale.ENGLISH);

  @Override
  public void onMessage(ChatClient me, ChatMessage message) {
    var unused =
        me.send(message.author(), FORMAT.format(ZonedDateTime.now(ZoneId.systemDefault())));
  }
}
