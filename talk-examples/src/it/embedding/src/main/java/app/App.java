package app;

import chat.talk.ChatClient;
import chat.talk.http.HttpRegistry;
import chat.talk.http.HttpSettings;
import chat.talk.http.WebSocketTransport;
import chat.talk.registry.RegistryServer;
import java.util.concurrent.CompletableFuture;

final class App {
  private App() {}

  static String chat() {
    CompletableFuture<String> heard = new CompletableFuture<>();
    try (RegistryServer server = RegistryServer.builder().start();
        ChatClient bob = peer("bob", server).listener((me, m) -> heard.complete(m.text())).start();
        ChatClient alice = peer("alice", server).start()) {
      alice.send(bob.name(), "Hello from an application").join();
      return heard.join();
    }
  }

  private static chat.talk.PeerBuilder peer(String name, RegistryServer server) {
    return ChatClient.peer(name)
        .registry(HttpRegistry.at(server.url()))
        .transport(new WebSocketTransport(HttpSettings.defaults()));
  }
}
