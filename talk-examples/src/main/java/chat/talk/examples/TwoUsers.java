package chat.talk.examples;

import chat.talk.ChatClient;
import chat.talk.Registry;
import chat.talk.Transport;
import java.util.concurrent.CountDownLatch;

/** Two users in one JVM: no sockets, no files. */
public final class TwoUsers {
  private TwoUsers() {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException {
    Registry registry = Registry.inMemory();
    Transport loopback = Transport.loopback();
    CountDownLatch answered = new CountDownLatch(1);
    try (ChatClient bob =
            ChatClient.peer("bob")
                .registry(registry)
                .transport(loopback)
                .listener(
                    (me, message) -> {
                      System.out.println(message.author() + ": " + message.text());
                      me.send(message.author(), "Hello, " + message.author());
                    })
                .start();
        ChatClient alice =
            ChatClient.peer("alice")
                .registry(registry)
                .transport(loopback)
                .listener(
                    (me, message) -> {
                      System.out.println(message.author() + ": " + message.text());
                      answered.countDown();
                    })
                .start()) {
      alice.send(bob.name(), "Hello, bob").join();
      answered.await();
    }
  }
}
