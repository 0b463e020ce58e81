package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.room.Command;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.Login;
import chat.talk.room.Outbox;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A program to be killed: sends messages m0, m1, … while its hub can't be reached, and prints the
 * id of each that its outbox has, or the code of its failure. Ends with its standard input.
 */
final class OfflineSender {
  static final ChatId CHAT = ChatId.of("general");
  static final Token TOKEN = Token.of("a-token-of-22-characters");

  static final int MOST_AT_ONCE = 8;

  private OfflineSender() {}

  /** Where the outbox is, the number of the first message, and how many words each has. */
  public static void main(String[] args) {
    Background.run(OfflineSender::endWithParent);
    Outbox outbox = Outbox.file(Path.of(args[0]));
    HubClient client = HubClient.join(new Away(), TOKEN).outbox(outbox).open();
    String text = "word ".repeat(Integer.parseInt(args[2]));
    Random random = new Random();
    int next = Integer.parseInt(args[1]);
    while (true) {
      Map<MessageId, CompletableFuture<Entry>> sent = new LinkedHashMap<>();
      for (int count = 1 + random.nextInt(MOST_AT_ONCE); count > 0; count--, next++) {
        Draft draft = new Draft(MessageId.of("m" + next), CHAT, text);
        sent.put(draft.id(), client.send(draft));
      }
      Await.result(outbox.saved());
      List<MessageId> saved = ids(outbox);
      sent.forEach(
          (id, answer) -> System.out.println(saved.contains(id) ? id : Await.code(answer)));
    }
  }

  static List<MessageId> ids(Outbox outbox) {
    return outbox.waiting().stream().map(each -> ((Command.Send) each).draft().id()).toList();
  }

  private static void endWithParent() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The parent is gone as well.
    }
    Runtime.getRuntime().halt(1);
  }

  /** A hub that nobody can reach. */
  static final class Away implements Hub {
    @Override
    public CompletableFuture<Session> connect(
        Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
      return CompletableFuture.failedFuture(new ChatException(Code.UNREACHABLE, "away"));
    }

    @Override
    public CompletableFuture<Void> shutDown(String reason) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }
}
