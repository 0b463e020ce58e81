package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.Command;
import chat.talk.room.Device;
import chat.talk.room.Fact;
import chat.talk.room.Identity;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** A user's devices and his password. */
final class Devices {
  private final State state;
  private final Ids ids;
  private final Positions positions;
  private final Passwords passwords;
  private final Loop loop;

  /** Counts what passwords were asked to be set; only the loop's. */
  private long lastAsked;

  Devices(State state, Ids ids, Positions positions, Passwords passwords, Loop loop) {
    this.state = state;
    this.ids = ids;
    this.positions = positions;
    this.passwords = passwords;
    this.loop = loop;
  }

  void join(Desk desk) {
    desk.on(Command.Identify.class, Devices::identify);
    desk.on(Command.Devices.class, this::list);
    desk.on(Command.AddDevice.class, this::add);
    desk.on(Command.RevokeDevice.class, this::revoke);
    desk.on(Command.SetPassword.class, this::setPassword);
  }

  private static Reply<Identity> identify(Command.Identify command, Turn turn) {
    return Reply.of(() -> new Identity(turn.name(), turn.session().device()));
  }

  private Reply<List<Device>> list(Command.Devices command, Turn turn) {
    return Reply.of(() -> turn.me().machines().stream().map(Machine::view).toList());
  }

  private Reply<Device> add(Command.AddDevice command, Turn turn) {
    Machine own = turn.session().machine;
    own.requireKnown();
    Machine machine = machine(turn.me(), command.token().digest(), own.id(), turn.batch());
    return Reply.of(machine::view);
  }

  /** The account's device of this token, which came by itself: nobody has let it in any more. */
  Machine machine(Account account, String digest, Batch batch) {
    Machine machine = machine(account, digest, null, batch);
    Fact.Machine before = machine.fact();
    if (before.letInBy() != null) {
      machine.setFact(before.byItself());
      batch.undo(() -> machine.setFact(before));
      batch.put(machine.fact());
    }
    return machine;
  }

  private Machine machine(Account account, String digest, @Nullable String letInBy, Batch batch) {
    Machine known = state.machine(digest);
    if (known == null) {
      return create(account, digest, letInBy, batch);
    }
    if (known.account != account) {
      throw new ChatException(Code.CONFLICT, "the token belongs to another device");
    }
    return known;
  }

  private Machine create(Account account, String digest, @Nullable String letInBy, Batch batch) {
    String id = ids.device(batch.now());
    Machine made =
        new Machine(account, new Fact.Machine(id, account.name(), digest, batch.now(), letInBy));
    state.add(made);
    batch.undo(() -> state.forget(made));
    batch.put(made.fact());
    Positions.begin(made, batch);
    return made;
  }

  private Reply<List<Device>> revoke(Command.RevokeDevice command, Turn turn) {
    Account me = turn.me();
    List<Device> gone = me.withAllLetInBy(command.device());
    if (gone.isEmpty()) {
      return revoked(command.device(), me);
    }
    List<Machine> machines = gone.stream().map(device -> me.machines.get(device.id())).toList();
    me.revoke(gone);
    turn.batch().undo(() -> me.takeBackRevoking(gone));
    machines.forEach(machine -> revoke(machine, turn.batch()));
    Machine own = turn.session().machine;
    return answer -> {
      machines.stream().filter(machine -> machine != own).forEach(Devices::end);
      answer.complete(gone);
      if (machines.contains(own)) {
        end(own);
      }
    };
  }

  private static Reply<List<Device>> revoked(String device, Account account) {
    List<Device> gone = account.revokedWith(device);
    if (gone.isEmpty()) {
      throw new ChatException(Code.NOT_FOUND, "there is no such device");
    }
    return Reply.of(() -> gone);
  }

  private void revoke(Machine machine, Batch batch) {
    state.forget(machine);
    batch.undo(() -> state.add(machine));
    batch.drop(machine.fact());
    positions.forget(machine, batch);
  }

  private static void end(Machine machine) {
    machine.end(new ChatException(Code.UNAUTHENTICATED, "the device was revoked"));
  }

  /**
   * Hashing takes its time, elsewhere; the hash is put down when it is there. Of two at a time the
   * one that was asked later counts.
   */
  private Reply<Void> setPassword(Command.SetPassword command, Turn turn) {
    LocalSession session = turn.session();
    long number = ++lastAsked;
    return answer ->
        passwords
            .hash(command.password())
            .whenComplete(
                (hash, failure) -> {
                  if (failure == null) {
                    loop.submit(new SetHash(session, hash, number, answer));
                  } else {
                    answer.completeExceptionally(ChatException.of(failure));
                  }
                });
  }

  private record SetHash(
      LocalSession session, String hash, long number, CompletableFuture<Void> answer)
      implements Loop.Task {
    @Override
    public boolean decide(Batch batch) {
      Account account = session.account();
      session.machine.requireKnown();
      if (!session.isOpen()) {
        throw new ChatException(Code.UNREACHABLE, "the session has ended");
      }
      if (number > account.passwordNumber()) {
        set(account, batch);
      }
      batch.then(() -> answer.complete(null));
      return true;
    }

    private void set(Account account, Batch batch) {
      Fact.User before = account.fact();
      long numberBefore = account.passwordNumber();
      account.setFact(before.withPassword(hash));
      account.setPasswordNumber(number);
      batch.undo(
          () -> {
            account.setFact(before);
            account.setPasswordNumber(numberBefore);
          });
      batch.put(account.fact());
    }

    @Override
    public void fail(ChatException why) {
      answer.completeExceptionally(why);
    }
  }
}
