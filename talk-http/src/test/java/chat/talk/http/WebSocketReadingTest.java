package chat.talk.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is done once all is read that came in together. */
final class WebSocketReadingTest {
  private static final int TEXT = 0x81;

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final CompletableFuture<WebSocketSession> opened = new CompletableFuture<>();
  private final HttpServer server =
      HttpServer.builder().webSocket("/late", 1_000, new Late()).start();

  private final class Late implements WebSocketHandler {
    @Override
    public void onOpen(WebSocketSession session) {
      opened.complete(session);
    }

    @Override
    public CompletableFuture<Void> onText(WebSocketSession session, String text) {
      events.add(text);
      session.afterReading(
          () -> {
            events.add("after " + text);
            if (text.equals("faulty")) {
              throw new IllegalStateException("meant to fail");
            }
          });
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onClose(WebSocketSession session) {
      events.add("closed");
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void comesAfterAllThatCameInTogether() throws IOException {
    try (RawWebSocket socket = new RawWebSocket(server, "/late")) {
      ByteArrayOutputStream together = new ByteArrayOutputStream();
      for (String text : List.of("a", "b", "c")) {
        together.write(RawWebSocket.encode(TEXT, text.getBytes(UTF_8)));
      }
      socket.client().sendRaw(together.toByteArray());

      Await.until("all is done", () -> events.size() == 6);
      assertThat(events).containsExactly("a", "b", "c", "after a", "after b", "after c");
    }
  }

  @Test
  void comesBeforeTheEnd() throws IOException {
    try (RawWebSocket socket = new RawWebSocket(server, "/late")) {
      socket.text("last");
    }

    Await.until("it is closed", () -> events.contains("closed"));
    assertThat(events).containsExactly("last", "after last", "closed");
  }

  @Test
  void endsTheSessionAloneWhenItFails() throws IOException {
    try (RawWebSocket socket = new RawWebSocket(server, "/late");
        RawWebSocket other = new RawWebSocket(server, "/late")) {
      ByteArrayOutputStream together = new ByteArrayOutputStream();
      together.write(RawWebSocket.encode(TEXT, "faulty".getBytes(UTF_8)));
      together.write(RawWebSocket.encode(TEXT, "b".getBytes(UTF_8)));
      socket.client().sendRaw(together.toByteArray());
      assertThat(socket.read().closeCode()).isEqualTo(1011);
      other.text("c");

      Await.until("the other's is done", () -> events.contains("after c"));
      assertThat(events).contains("after b");
    }
  }

  @Test
  void comesAtOnceForOtherThreads() throws IOException {
    try (RawWebSocket socket = new RawWebSocket(server, "/late")) {
      opened.join().afterReading(() -> events.add("at once"));

      assertThat(events).containsExactly("at once");
    }
  }
}
