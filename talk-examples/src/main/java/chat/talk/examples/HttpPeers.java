package chat.talk.examples;

import chat.talk.ChatClient;
import chat.talk.Transport;
import chat.talk.http.HttpRegistry;
import chat.talk.http.HttpSettings;
import chat.talk.http.HttpTransport;
import chat.talk.registry.RegistryServer;
import java.util.concurrent.CountDownLatch;

/** A registry inside the application, and two peers that find each other through it over HTTP. */
public final class HttpPeers {
  private HttpPeers() {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException {
    CountDownLatch heard = new CountDownLatch(1);
    Transport http = new HttpTransport(HttpSettings.defaults());
    try (RegistryServer server = RegistryServer.builder().start();
        ChatClient bob =
            ChatClient.peer("bob")
                .registry(HttpRegistry.at(server.url()))
                .transport(http)
                .listener(
                    (me, message) -> {
                      System.out.println(message.author() + ": " + message.text());
                      heard.countDown();
                    })
                .start();
        ChatClient alice =
            ChatClient.peer("alice")
                .registry(HttpRegistry.at(server.url()))
                .transport(http)
                .start()) {
      alice.send(bob.name(), "Hello over HTTP").join();
      heard.await();
    }
  }
}
