package chat.talk.examples;

import chat.talk.ChatClient;
import chat.talk.Entry;
import chat.talk.Registry;
import chat.talk.http.HttpSettings;
import chat.talk.http.HttpTransport;
import chat.talk.http.WebSocketTransport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * A peer that is reached over a WebSocket: many messages are under way at once, and arrive in the
 * order in which they were sent. Give a client several transports to reach peers of several kinds.
 */
public final class WebSocketPeer {
  private static final int MESSAGES = 1_000;

  private WebSocketPeer() {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException {
    Registry registry = Registry.inMemory();
    HttpSettings settings = HttpSettings.defaults();
    CountDownLatch heard = new CountDownLatch(MESSAGES);
    try (ChatClient counter =
            ChatClient.peer("counter")
                .registry(registry)
                .transport(new WebSocketTransport(settings))
                .listener((me, message) -> heard.countDown())
                .start();
        ChatClient sender =
            ChatClient.peer("sender")
                .registry(registry)
                .transport(new HttpTransport(settings), new WebSocketTransport(settings))
                .start()) {
      List<CompletableFuture<Entry>> sent =
          IntStream.range(0, MESSAGES)
              .mapToObj(i -> sender.send(counter.name(), "message " + i))
              .toList();
      sent.forEach(CompletableFuture::join);
      heard.await();
      System.out.println(sent.size() + " messages sent, stored and heard");
    }
  }
}
