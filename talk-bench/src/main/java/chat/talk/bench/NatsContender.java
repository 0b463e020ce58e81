package chat.talk.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * NATS without JetStream, so that it stores nothing; nobody has a password. What it allows a reader
 * to be behind (64 MB) stays as it is.
 */
final class NatsContender extends ProgramContender {
  NatsContender() {
    super("nats", "NATS", "nats-server");
  }

  /** It promises the order of each sender's alone. */
  @Override
  public boolean hasOneOrder() {
    return false;
  }

  @Override
  List<String> command(String program, Path folder, int port) {
    String log = folder.resolve("nats.log").toString();
    return List.of(program, "--addr", "127.0.0.1", "--port", String.valueOf(port), "--log", log);
  }

  @Override
  public Conversation converse(
      Conversation.Client client, MarkScanner marks, int user, String room) {
    return new Subscribing(client, marks, room);
  }

  @Override
  public byte[] send(String room, String text) {
    return bytes("PUB " + room + " " + text.length() + "\r\n" + text + "\r\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static final class Subscribing extends PieceConversation {
    private final String room;

    Subscribing(Client client, MarkScanner marks, String room) {
      super(client, marks);
      this.room = room;
    }

    @Override
    public void open() {
      client()
          .write(
              bytes(
                  "CONNECT {\"verbose\":false,\"pedantic\":false,\"protocol\":1,\"lang\":\"bench\","
                      + "\"version\":\"1\"}\r\nSUB "
                      + room
                      + " 1\r\nPING\r\n"));
    }

    @Override
    int piece(byte[] data, int at, int end) {
      int feed = lineFeed(data, at, end);
      if (feed < 0) {
        return at;
      }
      if (data[at] == 'M') {
        int next = feed + 1 + numberBefore(data, feed - 1) + 2;
        if (next > end) {
          return at;
        }
        message(data, feed + 1, next);
        return next;
      }
      line(new String(data, at, feed - 1 - at, StandardCharsets.UTF_8));
      return feed + 1;
    }

    private void line(String line) {
      if (line.equals("PONG")) {
        client().onReady();
      } else if (line.equals("PING")) {
        client().write(bytes("PONG\r\n"));
      } else if (line.startsWith("-ERR")) {
        client().onTrouble(line);
      }
    }
  }
}
