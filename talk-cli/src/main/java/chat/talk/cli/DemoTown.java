package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.ChatMessageListener;
import chat.talk.Peer;
import chat.talk.Transport;
import chat.talk.http.HttpRegistry;
import chat.talk.http.HttpTransport;
import chat.talk.http.WebSocketTransport;
import chat.talk.registry.RegistryServer;
import java.util.ArrayDeque;
import java.util.Deque;

/** A registry and three bots on free ports of this machine. */
final class DemoTown implements AutoCloseable {
  private final RegistryServer registry = RegistryServer.builder().start();
  private final Transport http = new HttpTransport();
  private final Transport webSocket = new WebSocketTransport();

  /** Whoever came last leaves first. */
  private final Deque<ChatClient> inhabitants = new ArrayDeque<>();

  /** Opens the town; what goes wrong on the way closes it again. */
  static DemoTown open() {
    DemoTown town = new DemoTown();
    try {
      town.settle("echo", town.http, town.webSocket, new EchoBot());
      town.settle("clock", town.webSocket, town.http, new ClockBot());
      town.settle("guide", town.http, town.webSocket, new GuideBot());
      return town;
    } catch (RuntimeException e) {
      town.close();
      throw e;
    }
  }

  /** Brings in somebody who listens over HTTP. */
  Peer join(String name, ChatMessageListener listener) {
    return settle(name, http, webSocket, listener);
  }

  private Peer settle(
      String name, Transport listening, Transport other, ChatMessageListener listener) {
    Peer client =
        ChatClient.peer(name)
            .registry(HttpRegistry.at(registry.url()))
            .transport(listening, other)
            .listener(listener)
            .start();
    inhabitants.push(client);
    return client;
  }

  @Override
  public void close() {
    inhabitants.forEach(ChatClient::close);
    registry.close();
  }
}
