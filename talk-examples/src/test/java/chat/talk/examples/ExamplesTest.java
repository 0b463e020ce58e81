package chat.talk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs every example as its user would, and reads what it prints. */
class ExamplesTest {
  @Test
  void twoUsersTalkInOneJvm() throws Exception {
    assertThat(outputOf(() -> TwoUsers.main(new String[0])))
        .containsExactly("alice: Hello, bob", "bob: Hello, alice");
  }

  @Test
  void peersFindEachOtherThroughAnEmbeddedRegistry() throws Exception {
    assertThat(outputOf(() -> HttpPeers.main(new String[0])))
        .containsExactly("alice: Hello over HTTP");
  }

  @Test
  void webSocketPeerTakesManyMessages() throws Exception {
    assertThat(outputOf(() -> WebSocketPeer.main(new String[0])))
        .containsExactly("1000 messages sent, stored and heard");
  }

  @Test
  void guestOfAPrivateChatHearsWhatWasSaidWhileHeWasAway() throws Exception {
    assertThat(outputOf(() -> PrivateChat.main(new String[0])))
        .containsExactly(
            "alice invites me to Garden",
            "Garden: 2 unread",
            "alice: The roses are out",
            "alice: Come and see",
            "Garden: 0 unread");
  }

  @Test
  void botEchoes() throws Exception {
    assertThat(outputOf(() -> EchoBot.main(new String[0])))
        .containsExactly("You said: Is anybody there?");
  }

  private static List<String> outputOf(Example example) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      example.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private interface Example {
    void run() throws Exception;
  }
}
