package chat.talk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient;
import chat.talk.Registry;
import chat.talk.Transport;
import chat.talk.http.HttpHub;
import chat.talk.http.HttpRegistry;
import chat.talk.http.HttpServer;
import chat.talk.http.HttpSettings;
import chat.talk.http.HubApi;
import chat.talk.http.WebSocketTransport;
import chat.talk.hub.HubEngine;
import chat.talk.jdbc.Database;
import chat.talk.registry.RegistryServer;
import chat.talk.room.BlobStore;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/network.md, docs/peers.md and the README show in Java is here, word for word but for
 * the ports, and runs.
 */
final class NetworkGuideTest {
  private static final Map<String, String> FREE_PORTS =
      Map.of(
          "\"127.0.0.1\", 8000", "\"127.0.0.1\", 0",
          "\"http://127.0.0.1:8000\"", "\"http://127.0.0.1:\" + server.port()",
          "\"http://127.0.0.1:8070\"", "server.url()");

  @TempDir Path folder;

  private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();

  @Test
  void everyLineOfCodeInTheGuidesIsRunHere() throws IOException {
    String source = Guide.source(NetworkGuideTest.class);
    List<String> blocks =
        Stream.of(
                Guide.of("docs", "network.md"), Guide.of("docs", "peers.md"), Guide.of("README.md"))
            .flatMap(guide -> guide.java(FREE_PORTS).stream())
            .toList();
    assertThat(blocks).hasSize(7).allSatisfy(block -> assertThat(source).contains(block));
  }

  @Test
  void hubIsServedAndComeTo() {
    Database database = Database.open(folder.resolve("talk.db").toString());
    BlobStore files = BlobStore.inMemory(1 << 20);
    HubEngine hub = HubEngine.builder(database.storage()).blobs(files).open();
    HttpServer server = HubApi.serve(hub, HttpServer.builder().listenOn("127.0.0.1", 0)).start();

    Hub remote = HttpHub.at("http://127.0.0.1:" + server.port());

    HubClient ada =
        HubClient.join(remote, "ada")
            .listener((me, message) -> System.out.println(message.author() + ": " + message.text()))
            .start();

    assertThat(ada.send(ada.status().join().general(), "Hello").join()).isNotNull();
    ada.close();
    remote.close();
    hub.close();
    server.close();
    database.close();
  }

  @Test
  void peersTalkOverTheNetwork() throws InterruptedException {
    try (RegistryServer server = RegistryServer.builder().start()) {
      Registry registry = HttpRegistry.at(server.url());

      ChatClient bob =
          ChatClient.peer("bob")
              .registry(registry)
              .transport(new WebSocketTransport(HttpSettings.defaults()))
              .listener((me, message) -> me.send(message.author(), "Hello, " + message.author()))
              .start();

      ChatClient alice = meet(server);
      alice.send("bob", "Hello, bob").join();
      assertThat(replies.poll(20, TimeUnit.SECONDS)).isEqualTo("Hello, alice");
      alice.close();
      bob.close();
    }
  }

  private ChatClient meet(RegistryServer server) {
    Registry registry = HttpRegistry.at(server.url());
    Transport transport = new WebSocketTransport(HttpSettings.defaults());
    return ChatClient.peer("alice")
        .registry(registry)
        .transport(transport)
        .listener((me, message) -> replies.add(message.text()))
        .start();
  }

  @Test
  void peersTalkInOneProcess() {
    Registry registry = Registry.inMemory();
    Transport loopback = Transport.loopback();

    ChatClient bob =
        ChatClient.peer("bob")
            .registry(registry)
            .transport(loopback)
            .listener((me, message) -> me.send(message.author(), "Hello, " + message.author()))
            .start();
    ChatClient alice =
        ChatClient.peer("alice")
            .registry(registry)
            .transport(loopback)
            .listener((me, message) -> System.out.println(message.author() + ": " + message.text()))
            .start();

    alice.send("bob", "Hello, bob").join(); // completes once bob has stored it

    assertThat(alice.state()).isEqualTo(ChatClient.State.CONNECTED);
    alice.close();
    bob.close();
  }

  @Test
  void hubIsEmbeddedAndServed() {
    Hub hub = HubEngine.builder(HubStorage.inMemory()).open();
    HubClient carol =
        HubClient.join(hub, "carol")
            .listener((me, message) -> System.out.println(message.author() + ": " + message.text()))
            .start();

    HttpServer server = HubApi.serve(hub, HttpServer.builder().listenOn("127.0.0.1", 0)).start();
    HubClient dora =
        HubClient.join(HttpHub.at("http://127.0.0.1:" + server.port()), "dora").start();

    assertThat(dora.send("carol", "Hello").join()).isNotNull();
    dora.close();
    carol.close();
    hub.close();
    server.close();
  }
}
