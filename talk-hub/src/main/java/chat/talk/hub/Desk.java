package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.room.Command;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where the commands of sessions come in, and find who decides about them. */
final class Desk {
  /** The most commands of all sessions together that may wait for their turn. */
  private static final int MAX_WAITING = 1 << 17;

  /** What is answered from memory and leaves nothing to be stored. */
  private static final Set<Class<?>> QUESTIONS =
      Set.of(
          Command.Status.class,
          Command.Identify.class,
          Command.Chats.class,
          Command.Members.class,
          Command.Devices.class,
          Command.Connections.class,
          Command.Check.class,
          Command.ReadAfter.class,
          Command.ReadBefore.class,
          Command.Audit.class,
          Command.Bans.class,
          Command.Reports.class,
          Command.Schedules.class,
          Command.Invitations.class,
          Command.Requests.class,
          Command.Links.class,
          Command.Type.class);

  private final Loop loop;
  private final Supplier<Instant> clock;
  private final Consumer<LocalSession> onLeft;
  private final Map<Class<?>, Handler<?, ?>> handlers = new HashMap<>();
  private final Transfers transfers;
  private final AtomicInteger waiting = new AtomicInteger();

  Desk(Loop loop, Supplier<Instant> clock, Consumer<LocalSession> onLeft, Transfers transfers) {
    this.transfers = transfers;
    this.loop = loop;
    this.clock = clock;
    this.onLeft = onLeft;
  }

  /** Must be called before the first command. */
  <C extends Command<R>, R> void on(Class<C> kind, Handler<C, R> handler) {
    handlers.put(kind, handler);
  }

  /** The same for one that needs to know messages. */
  <C extends Command<R>, R> void on(
      Class<C> kind, BiFunction<C, UserName, List<MessageKey>> keys, Handler<C, R> handler) {
    on(
        kind,
        new Handler<C, R>() {
          @Override
          public Reply<R> decide(C command, Turn turn) {
            return handler.decide(command, turn);
          }

          @Override
          public List<MessageKey> keys(C command, UserName asker) {
            return keys.apply(command, asker);
          }
        });
  }

  Instant now() {
    return clock.get();
  }

  SessionFiles filesOf(LocalSession session) {
    return new SessionFiles(transfers, session);
  }

  void left(LocalSession session) {
    onLeft.accept(session);
  }

  <R> void ask(LocalSession session, Command<R> command, CompletableFuture<R> answer) {
    try {
      Parts.require(command);
    } catch (ChatException e) {
      answer.completeExceptionally(e);
      return;
    }
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      answer.completeExceptionally(new ChatException(Code.OVERLOADED, "the hub is too busy"));
      return;
    }
    loop.submit(new Ask<>(session, command, handler(command), answer));
  }

  @SuppressWarnings("unchecked")
  private <R> Handler<Command<R>, R> handler(Command<R> command) {
    return (Handler<Command<R>, R>) handlers.get(command.getClass());
  }

  /** One command on its way. */
  private final class Ask<R> implements Loop.Task {
    private final LocalSession session;
    private final Command<R> command;
    private final Handler<Command<R>, R> handler;
    private final CompletableFuture<R> answer;
    private boolean counted = true;

    Ask(
        LocalSession session,
        Command<R> command,
        Handler<Command<R>, R> handler,
        CompletableFuture<R> answer) {
      this.session = session;
      this.command = command;
      this.handler = handler;
      this.answer = answer;
    }

    @Override
    public List<MessageKey> keys() {
      return handler.keys(command, session.user());
    }

    @Override
    public boolean decide(Batch batch) {
      session.requireCurrent();
      Reply<R> reply = handler.decide(command, new Turn(session, batch));
      if (reply == Reply.WAIT) {
        return false;
      }
      uncount();
      batch.then(() -> give(reply));
      return true;
    }

    private void give(Reply<R> reply) {
      try {
        reply.give(answer);
      } catch (RuntimeException | Error e) {
        answer.completeExceptionally(ChatException.of(e));
      }
    }

    @Override
    public boolean goesBeside(boolean settled) {
      return QUESTIONS.contains(command.getClass()) || (settled && isUnsaved());
    }

    private boolean isUnsaved() {
      return command instanceof Command.Acknowledge;
    }

    @Override
    public void fail(ChatException why) {
      uncount();
      handler.refused(command, session.user(), why, answer);
    }

    private void uncount() {
      if (counted) {
        counted = false;
        waiting.decrementAndGet();
      }
    }
  }
}
