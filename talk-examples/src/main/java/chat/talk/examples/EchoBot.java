package chat.talk.examples;

import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Registry;
import chat.talk.Transport;
import java.util.concurrent.CompletableFuture;

/** A bot: a listener that answers. What it cannot send, it says why. */
public final class EchoBot implements ChatMessageListener {
  @Override
  public void onMessage(ChatClient me, ChatMessage message) {
    me.send(message.author(), "You said: " + message.text())
        .whenComplete(
            (entry, failure) -> {
              if (failure != null) {
                System.err.println("No answer sent: " + ChatException.of(failure).code());
              }
            });
  }

  /** Runs the example. */
  public static void main(String[] args) {
    Registry registry = Registry.inMemory();
    Transport loopback = Transport.loopback();
    CompletableFuture<String> answer = new CompletableFuture<>();
    try (ChatClient bot =
            ChatClient.peer("echo")
                .registry(registry)
                .transport(loopback)
                .listener(new EchoBot())
                .start();
        ChatClient user =
            ChatClient.peer("user")
                .registry(registry)
                .transport(loopback)
                .listener((me, message) -> answer.complete(message.text()))
                .start()) {
      user.send(bot.name(), "Is anybody there?").join();
      System.out.println(answer.join());
    }
  }
}
