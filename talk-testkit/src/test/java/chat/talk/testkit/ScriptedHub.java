package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.UserName;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A hub that does what a test says, and remembers what it was asked. */
final class ScriptedHub implements Hub {
  final List<Knock> knocks = new CopyOnWriteArrayList<>();

  /** Whether devices are let in at once. */
  volatile boolean letsIn = true;

  @Override
  public CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    Knock knock = new Knock(login, resume, listener, new CompletableFuture<>());
    knocks.add(knock);
    if (letsIn) {
      knock.letIn();
    }
    return knock.answer;
  }

  Knock knock(int index) {
    return knocks.get(index);
  }

  Knock last() {
    return knocks.get(knocks.size() - 1);
  }

  /** The newest session. */
  ScriptedSession session() {
    return last().session;
  }

  @Override
  public CompletableFuture<Void> shutDown(String reason) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {}

  /** An attempt to connect. */
  static final class Knock {
    final Login login;
    final Map<ChatId, Cursor> resume;
    final CompletableFuture<Session> answer;
    final ScriptedSession session;

    private Knock(
        Login login,
        Map<ChatId, Cursor> resume,
        Session.Listener listener,
        CompletableFuture<Session> answer) {
      this.login = login;
      this.resume = resume;
      this.answer = answer;
      this.session = new ScriptedSession(UserName.of("bob"), listener);
    }

    void letIn() {
      answer.complete(session);
    }

    void refuse(Code code) {
      answer.completeExceptionally(new ChatException(code, "refused by the test"));
    }
  }
}
