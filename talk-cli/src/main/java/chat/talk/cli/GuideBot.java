package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import java.util.List;
import java.util.Locale;

/** Explains the terminal: the first of its topics that the question touches. */
final class GuideBot implements ChatMessageListener {
  private static final List<Topic> TOPICS =
      List.of(
          new Topic(
              "leave|exit|quit|bye|stop",
              "Enter :exit, or press Ctrl-D or Ctrl-C. You are unregistered then."),
          new Topic(
              "who|users?|list|update|people",
              "Enter :update to see who is there, and where. I and two other bots always are."),
          new Topic(
              "send|write|say|talk|select|user|message",
              "Choose somebody with :user NAME (Tab completes names); what you type then goes to"
                  + " him. To begin a text with a colon, type two."),
          new Topic(
              "registry|peer|work|address|real|two",
              "A registry knows where everybody lives; messages go straight from peer to peer."
                  + (" Run '"
                      + Called.NAME
                      + " registry', then '"
                      + Called.NAME
                      + " peer --help' in other terminals.")),
          new Topic(
              "bots?|echo|clock|guide|you|hello|hi|hey",
              "We are listeners of a few lines: echo repeats, clock tells the time, I explain."),
          new Topic(
              ".*",
              "Ask me who is there, how to send, how a registry works, or how to leave. :help"
                  + " lists all commands."));

  @Override
  public void onMessage(ChatClient me, ChatMessage message) {
    var unused = me.send(message.author(), answer(message.text()));
  }

  static String answer(String question) {
    String asked = question.toLowerCase(Locale.ROOT);
    return TOPICS.stream().filter(topic -> topic.touches(asked)).findFirst().orElseThrow().answer();
  }

  private record Topic(String words, String answer) {
    boolean touches(String question) {
      return List.of(question.split("[^a-z]+", -1)).stream().anyMatch(word -> word.matches(words));
    }
  }
}
