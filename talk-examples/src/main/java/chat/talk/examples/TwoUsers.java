package chat.talk.examples;

import chat.talk.ChatClient;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Registry;
import chat.talk.Transport;

/** Two users in one JVM: no sockets, no files. Each has his own log of what was said. */
public final class TwoUsers {
  private TwoUsers() {}

  /** Runs the example. */
  public static void main(String[] args) {
    Registry registry = Registry.inMemory();
    Transport loopback = Transport.loopback();
    try (ChatClient bob =
            ChatClient.peer("bob")
                .registry(registry)
                .transport(loopback)
                .listener((me, message) -> me.send(message.author(), "Hello, " + message.author()))
                .start();
        ChatClient alice = ChatClient.peer("alice").registry(registry).transport(loopback).start()) {
      alice.send("bob", "Hello, bob").join();
      bob.close(); // Waits for what is under way, so that the answer has arrived.
      print(alice, ChatId.direct(alice.name(), bob.name()));
    }
  }

  private static void print(ChatClient client, ChatId chat) {
    client.readAfter(chat, Cursor.START, 100).join().entries().stream()
        .map(entry -> (ChatMessage) entry.event())
        .forEach(message -> System.out.println(message.author() + ": " + message.text()));
  }
}
