package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.ChatMessageListener;
import chat.talk.http.HttpHub;
import chat.talk.http.HttpServer;
import chat.talk.hub.HubEngine;
import chat.talk.room.BlobStore;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** A hub on a free port of this machine, with bots that come over the network like anybody else. */
final class DemoHub implements AutoCloseable {
  private static final long FILE_SPACE = 50 << 20;

  private final HubServer server;
  private final Hub hub;

  /** Whoever came last leaves first. */
  private final Deque<ChatClient> inhabitants = new ArrayDeque<>();

  private DemoHub() {
    server =
        HubServer.start(
            HubEngine.builder(HubStorage.inMemory())
                .blobs(BlobStore.inMemory(FILE_SPACE))
                .closeWithin(Duration.ofSeconds(1))
                .open(),
            HttpServer.builder());
    hub = HttpHub.at(url());
  }

  /** Opens the hub; what goes wrong on the way closes it again. */
  static DemoHub open() {
    DemoHub demo = new DemoHub();
    try {
      demo.join("guide", new HostBot());
      demo.join("echo", new DirectBot(new EchoBot()));
      demo.join("clock", new DirectBot(new ClockBot()));
      demo.join("ben", SmallTalk.answering());
      demo.join("ada", SmallTalk.beginning());
      return demo;
    } catch (RuntimeException e) {
      demo.close();
      throw e;
    }
  }

  String url() {
    return server.url("HTTP");
  }

  HubClient join(String name, ChatMessageListener listener) {
    HubClient client = HubClient.join(hub, name).listener(listener).start();
    inhabitants.push(client);
    return client;
  }

  @Override
  public void close() {
    inhabitants.forEach(ChatClient::close);
    hub.close();
    server.close();
  }
}
