package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Feed;
import chat.talk.room.Hub;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** A hub from its start to its crash, after which nothing gets in or out. */
final class HubLife {
  private static final int MANY_SESSIONS = 256;

  final Simulation.Node node;
  private final Hub hub;
  private final MortalStorage storage;
  private final List<LifeSession> sessions = new ArrayList<>();
  private final ArrayDeque<CompletableFuture<?>> answers = new ArrayDeque<>();

  HubLife(Simulation simulation, HubStorage kept, HubFactory factory) {
    node = simulation.newNode();
    storage = new MortalStorage(kept, this::end);
    hub = factory.open(storage, node, node, node.random());
  }

  CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    LifeSession session = new LifeSession(listener);
    sessions.add(session);
    if (sessions.size() > MANY_SESSIONS) {
      sessions.removeIf(each -> each.over);
    }
    return answer(hub.connect(login, resume, session).thenApply(session::over));
  }

  /** What the hub answers while it lives. */
  private <R> CompletableFuture<R> answer(CompletableFuture<R> inner) {
    CompletableFuture<R> outer = new CompletableFuture<>();
    inner.whenComplete((result, failure) -> pass(outer, result, failure));
    if (!outer.isDone()) {
      answers.add(outer);
      while (answers.getFirst().isDone()) {
        answers.remove();
      }
    }
    return outer;
  }

  private <R> void pass(CompletableFuture<R> outer, R result, @Nullable Throwable failure) {
    if (node.isAlive()) {
      if (failure == null) {
        outer.complete(result);
      } else {
        outer.completeExceptionally(ChatException.of(failure));
      }
    }
  }

  void endAtCommit(boolean stored) {
    storage.dieAtCommit(stored);
  }

  void live() {
    storage.live();
  }

  CompletableFuture<Void> shutDown(String reason) {
    return hub.shutDown(reason);
  }

  void end() {
    if (node.isAlive()) {
      node.kill();
      storage.die();
      ChatException why = NetworkEnd.unreachable("the hub crashed");
      List.copyOf(answers).forEach(answer -> answer.completeExceptionally(why));
      answers.clear();
      List.copyOf(sessions).forEach(session -> session.crash(why));
    }
  }

  private final class LifeSession implements Session, Session.Listener {
    private final Listener client;
    private @Nullable Session inner;
    private boolean over;

    LifeSession(Listener client) {
      this.client = client;
    }

    Session over(Session session) {
      inner = session;
      return this;
    }

    private Session inner() {
      if (inner == null) {
        throw new IllegalStateException("not connected yet");
      }
      return inner;
    }

    @Override
    public UserName user() {
      return inner().user();
    }

    @Override
    public String device() {
      return inner().device();
    }

    @Override
    public <R> CompletableFuture<R> call(Command<R> command) {
      return node.isAlive()
          ? answer(inner().call(command))
          : CompletableFuture.failedFuture(NetworkEnd.unreachable("the hub is down"));
    }

    @Override
    public Feed poll(int maxEntries) {
      return node.isAlive() ? inner().poll(maxEntries) : Feed.EMPTY;
    }

    @Override
    public void close() {
      over = true;
      if (node.isAlive()) {
        inner().close();
      }
    }

    @Override
    public void onReady() {
      if (node.isAlive()) {
        client.onReady();
      }
    }

    @Override
    public void onEnd(ChatException why) {
      if (node.isAlive()) {
        over = true;
        client.onEnd(why);
      }
    }

    void crash(ChatException why) {
      if (!over && inner != null) {
        over = true;
        client.onEnd(why);
      }
    }
  }
}
