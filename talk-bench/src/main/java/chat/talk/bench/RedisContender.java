package chat.talk.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Redis's publish and subscribe, which stores nothing. A client speaks RESP3, with which one
 * connection may do both; nobody has a password. What Redis allows a reader to be behind (32 MB)
 * stays as it is.
 */
final class RedisContender extends ProgramContender {
  private static final String OPTIONS =
      "--bind 127.0.0.1 --appendonly no --maxclients 50000 --tcp-backlog 4096 --loglevel warning";

  RedisContender() {
    super("redis", "Redis pub/sub", "redis-server");
  }

  @Override
  List<String> command(String program, Path folder, int port) {
    List<String> command = new ArrayList<>(List.of(program, "--save", "", "--dir"));
    command.add(folder.toString());
    command.addAll(List.of("--port", String.valueOf(port)));
    command.addAll(List.of(OPTIONS.split(" ", -1)));
    return command;
  }

  @Override
  public Conversation converse(
      Conversation.Client client, MarkScanner marks, int user, String room) {
    return new Subscribing(client, marks, room);
  }

  @Override
  public byte[] send(String room, String text) {
    return command("PUBLISH", room, text);
  }

  private static byte[] command(String... words) {
    StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      command.append("$" + word.length() + "\r\n" + word + "\r\n");
    }
    return command.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static final class Subscribing extends PieceConversation {
    private final String room;

    Subscribing(Client client, MarkScanner marks, String room) {
      super(client, marks);
      this.room = room;
    }

    @Override
    public void open() {
      client().write(command("HELLO", "3"));
      client().write(command("SUBSCRIBE", room));
    }

    @Override
    int piece(byte[] data, int at, int end) {
      int next = skip(data, at, end);
      if (next < 0) {
        return at;
      }
      if (data[at] == '>') {
        pushed(data, at, next);
      } else if (data[at] == '-') {
        client().onTrouble(new String(data, at, next - at - 2, StandardCharsets.UTF_8));
      }
      return next;
    }

    /** A message, or that one has subscribed: {@code >3 $7 message $7 general $128 ...}. */
    private void pushed(byte[] data, int at, int next) {
      if (data[at + ">3\r\n$7\r\n".length()] == 'm') {
        message(data, at, next);
      } else {
        client().onReady();
      }
    }

    /** Where the value ends that begins here; less than 0 when that isn't there. */
    private static int skip(byte[] data, int at, int end) {
      int feed = lineFeed(data, at, end);
      if (feed < 0) {
        return -1;
      }
      return switch (data[at]) {
        case '$' -> {
          int next = feed + 1 + numberBefore(data, feed - 1) + 2;
          yield next <= end ? next : -1;
        }
        case '*', '>', '~' -> skip(data, feed + 1, end, numberBefore(data, feed - 1));
        case '%' -> skip(data, feed + 1, end, 2 * numberBefore(data, feed - 1));
        default -> feed + 1;
      };
    }

    private static int skip(byte[] data, int at, int end, int count) {
      int next = at;
      for (int i = 0; i < count && next >= 0; i++) {
        next = skip(data, next, end);
      }
      return next;
    }
  }
}
