package chat.talk.bench;

import static chat.talk.bench.RecordingClient.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is said to other servers, and what they have been seen to say. */
class ProtocolsTest {
  private static final int CUTS = 200;
  private static final String AGREED = "HTTP/1.1 101 Switching Protocols\r\n\r\n";

  @Test
  void redisIsSpokenToInResp3() {
    Contender redis = new RedisContender();
    RecordingClient client = new RecordingClient();
    client.talkTo(redis);
    assertThat(client.written())
        .isEqualTo("*2\r\n$5\r\nHELLO\r\n$1\r\n3\r\n*2\r\n$9\r\nSUBSCRIBE\r\n$4\r\nhere\r\n");
    assertThat(sent(redis))
        .isEqualTo("*3\r\n$7\r\nPUBLISH\r\n$4\r\nhere\r\n$64\r\n" + text(0) + "\r\n");
  }

  @Test
  void redisIsUnderstood() {
    understands(
        new RedisContender(),
        "%7\r\n$6\r\nserver\r\n$5\r\nredis\r\n$7\r\nversion\r\n$6\r\n7.0.15\r\n$5\r\nproto\r\n:3\r\n"
            + "$2\r\nid\r\n:3\r\n$4\r\nmode\r\n$10\r\nstandalone\r\n$4\r\nrole\r\n$6\r\nmaster\r\n"
            + "$7\r\nmodules\r\n*0\r\n>3\r\n$9\r\nsubscribe\r\n$4\r\nhere\r\n:1\r\n"
            + redisMessage(1)
            + ":1000\r\n"
            + redisMessage(2)
            + "-ERR unknown command 'x'\r\n",
        "ready",
        "3:1",
        "3:2",
        "-ERR unknown command 'x'");
  }

  private static String redisMessage(int number) {
    return ">3\r\n$7\r\nmessage\r\n$4\r\nhere\r\n$64\r\n" + text(number) + "\r\n";
  }

  @Test
  void natsIsSpokenTo() {
    Contender nats = new NatsContender();
    RecordingClient client = new RecordingClient();
    Conversation conversation = client.talkTo(nats);
    assertThat(client.written())
        .startsWith("CONNECT {\"verbose\":false,")
        .endsWith("}\r\nSUB here 1\r\nPING\r\n");
    hear(conversation, "PING\r\n");
    assertThat(client.written()).isEqualTo("PONG\r\n");
    assertThat(sent(nats)).isEqualTo("PUB here 64\r\n" + text(0) + "\r\n");
  }

  @Test
  void natsIsUnderstood() {
    understands(
        new NatsContender(),
        "INFO {\"server_id\":\"N\",\"version\":\"2.9.10\",\"proto\":1} \r\nPONG\r\nMSG here 1 64\r\n"
            + text(1)
            + "\r\nMSG here 1 64\r\n"
            + text(2)
            + "\r\n-ERR 'Slow Consumer'\r\n",
        "ready",
        "3:1",
        "3:2",
        "-ERR 'Slow Consumer'");
  }

  @Test
  void mosquittoIsSpokenToInMqtt() {
    Contender mosquitto = new MosquittoContender();
    RecordingClient client = new RecordingClient();
    client.talkTo(mosquitto);
    assertThat(client.written())
        .isEqualTo("\u0010\22\0\4MQTT\4\2\0\0\0\6user-7" + "\u0082\11\0\1\0\4here\0");
    assertThat(sent(mosquitto)).isEqualTo("0\106\0\4here" + text(0));
  }

  @Test
  void mosquittoIsUnderstood() {
    understands(
        new MosquittoContender(),
        " \2\0\0\u0090\3\0\1\0"
            + "0\106\0\4here"
            + text(1)
            + "0\u00ce\1\0\4here"
            + text(2)
            + "x".repeat(136)
            + " \2\0\5",
        "ready",
        "3:1",
        "3:2",
        "CONNACK with code 5");
  }

  @Test
  void aLargeMessageForMosquittoTellsItsLength() {
    byte[] sent = new MosquittoContender().send("here", "x".repeat(1024));
    assertThat(new String(sent, ISO_8859_1)).startsWith("0\u0086\10\0\4herexxx");
  }

  @Test
  void socketIoIsSpokenToStepByStep() {
    Contender socketIo = Contenders.named("socketio");
    RecordingClient client = new RecordingClient();
    Conversation conversation = client.talkTo(socketIo);
    assertThat(client.written()).startsWith("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1");
    hear(conversation, AGREED + frame("0{\"sid\":\"1\",\"pingInterval\":25000}"));
    assertThat(client.written()).endsWith("40");
    hear(conversation, frame("40{\"sid\":\"2\"}"));
    assertThat(client.written()).endsWith("42[\"join\",\"here\"]");
    hear(conversation, frame("2"));
    assertThat(client.written()).endsWith("3");
    assertThat(sent(socketIo))
        .endsWith("42[\"say\",{\"room\":\"here\",\"text\":\"" + text(0) + "\"}]");
  }

  @Test
  void socketIoIsUnderstood() {
    understands(
        Contenders.named("socketio"),
        AGREED
            + frame("0{\"sid\":\"1\"}")
            + frame("40{\"sid\":\"2\"}")
            + frame("42[\"joined\"]")
            + frame("42[\"said\",\"" + text(1) + "\"]")
            + frame("2")
            + frame("42[\"said\",\"" + text(2) + "\"]")
            + frame("44{\"message\":\"no\"}"),
        "ready",
        "3:1",
        "3:2",
        "44{\"message\":\"no\"}");
  }

  @Test
  void prosodyIsSpokenToInXmpp() {
    Contender prosody = new ProsodyContender();
    RecordingClient client = new RecordingClient();
    Conversation conversation = client.talkTo(prosody);
    assertThat(client.written())
        .startsWith("<stream:stream to='localhost' ")
        .endsWith("mechanism='ANONYMOUS'/>");
    RecordingClient.scan(conversation, "<success xmlns='x'/>", new Random(1));
    assertThat(client.written())
        .startsWith("<stream:stream to='localhost' ")
        .contains("<bind ")
        .contains("<presence to='here@rooms.localhost/user-7'>");
    assertThat(sent(prosody))
        .isEqualTo(
            "<message type='groupchat' to='here@rooms.localhost'><body>"
                + text(0)
                + "</body></message>");
  }

  @Test
  void prosodyIsUnderstood() {
    understands(
        new ProsodyContender(),
        "<?xml version='1.0'?><stream:stream from='localhost' version='1.0'><stream:features/>"
            + "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/><?xml version='1.0'?>"
            + "<stream:stream from='localhost'><stream:features/><iq type='result' id='1'/>"
            + "<presence from='here@rooms.localhost/user-7'><x><status code='201'/>"
            + "<status code='110'/></x></presence><message type='groupchat'><subject/></message>"
            + xmppMessage(1)
            + xmppMessage(2),
        "ready",
        "3:1",
        "3:2");
  }

  private static String xmppMessage(int number) {
    return "<message from='here@rooms.localhost/user-7' type='groupchat'><body>"
        + text(number)
        + "</body></message>";
  }

  @Test
  void aLoginThatProsodyRefusesIsTrouble() {
    RecordingClient client = new RecordingClient();
    String failure = "<failure xmlns='x'><not-authorized/></failure>";
    Conversation conversation = client.talkTo(new ProsodyContender());
    byte[] data = failure.getBytes(ISO_8859_1);
    assertThat(conversation.scan(data, data.length)).isEqualTo(data.length);
    assertThat(client.events()).containsExactly(failure);
  }

  private static void hear(Conversation conversation, String said) {
    assertThat(RecordingClient.scan(conversation, said, new Random(1))).isZero();
  }

  private static String frame(String text) {
    return "\u0081" + (char) text.length() + text;
  }

  private static String sent(Contender contender) {
    String first = NumberedText.of(3, RecordingClient.TEXT_LENGTH);
    return new String(contender.send("here", first), ISO_8859_1);
  }

  /** However it is cut. */
  private static void understands(Contender contender, String said, String... events) {
    long seed = System.nanoTime();
    for (int i = 0; i < CUTS; i++) {
      RecordingClient client = new RecordingClient();
      int left = RecordingClient.scan(client.talkTo(contender), said, new Random(seed + i));
      assertThat(client.events()).as("seed %d", seed + i).containsExactly(events);
      assertThat(left).as("seed %d", seed + i).isLessThan(NumberedText.DIGITS);
    }
  }
}
