package chat.talk.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The MQTT broker Mosquitto: quality of service 0, which stores nothing; nobody has a password. It
 * may keep as much for a reader who is behind as it has memory.
 */
final class MosquittoContender extends ProgramContender {
  private static final String CONFIGURATION =
      """
      listener %d 127.0.0.1
      allow_anonymous true
      persistence false
      max_connections -1
      max_queued_messages 0
      set_tcp_nodelay true
      sys_interval 0
      log_dest none
      """;

  MosquittoContender() {
    super("mosquitto", "Mosquitto", "mosquitto");
  }

  @Override
  public double mostDeliveries() {
    return 50_000;
  }

  @Override
  List<String> command(String program, Path folder, int port) throws IOException {
    Path file = folder.resolve("mosquitto.conf");
    Files.writeString(file, CONFIGURATION.formatted(port));
    return List.of(program, "-c", file.toString());
  }

  @Override
  public Conversation converse(
      Conversation.Client client, MarkScanner marks, int user, String room) {
    return new Subscribing(client, marks, user, room);
  }

  @Override
  public byte[] send(String room, String text) {
    return packet(0x30, string(room), text.getBytes(StandardCharsets.US_ASCII));
  }

  /** MQTT 3.1.1, section 2: what it is, how long the rest is, the rest. */
  private static byte[] packet(int first, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(first);
    for (; length > 0x7f; length >>= 7) {
      packet.write((length & 0x7f) | 0x80);
    }
    packet.write(length);
    for (byte[] part : parts) {
      packet.writeBytes(part);
    }
    return packet.toByteArray();
  }

  private static byte[] string(String text) {
    byte[] string = ("\0\0" + text).getBytes(StandardCharsets.US_ASCII);
    string[1] = (byte) text.length();
    return string;
  }

  private static final class Subscribing extends PieceConversation {
    private static final int CONNACK = 2;
    private static final int PUBLISH = 3;
    private static final int SUBACK = 9;

    private final int user;
    private final String room;

    Subscribing(Client client, MarkScanner marks, int user, String room) {
      super(client, marks);
      this.user = user;
      this.room = room;
    }

    @Override
    public void open() {
      byte[] cleanAndNeverDead = {4, 2, 0, 0};
      client().write(packet(0x10, string("MQTT"), cleanAndNeverDead, string("user-" + user)));
      client().write(packet(0x82, new byte[] {0, 1}, string(room), new byte[1]));
    }

    @Override
    int piece(byte[] data, int at, int end) {
      int length = 0;
      int i = at + 1;
      for (int shift = 0; i < end; shift += 7) {
        length |= (data[i] & 0x7f) << shift;
        if (data[i++] >= 0) {
          return i + length > end ? at : heard(data, at, i, i + length);
        }
      }
      return at;
    }

    private int heard(byte[] data, int at, int from, int next) {
      switch ((data[at] & 0xff) >> 4) {
        case PUBLISH -> message(data, from, next);
        case CONNACK -> requireNone(data[next - 1], "CONNACK");
        case SUBACK -> {
          requireNone(data[next - 1], "SUBACK");
          client().onReady();
        }
        default -> client().onTrouble("packet " + data[at]);
      }
      return next;
    }

    private void requireNone(byte code, String packet) {
      if (code != 0) {
        client().onTrouble(packet + " with code " + code);
      }
    }
  }
}
