package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatMessageListener;
import chat.talk.room.Command;
import chat.talk.room.Device;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.HubClientBuilder;
import chat.talk.room.Identity;
import chat.talk.room.Login;
import chat.talk.room.Outbox;
import chat.talk.room.Token;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/**
 * How a user's devices come into a hub. The first one takes the name, or shows the password, or is
 * vouched for by another device's token; each of them lets further ones in.
 *
 * @param hub where
 * @param devices whose
 * @param password of a user who is there already, null when none was given
 * @param voucher the token of a device that the hub knows, null when none was given
 */
record Arrival(Hub hub, Devices devices, @Nullable String password, @Nullable Token voucher) {
  /** What a person asks for is refused when the hub has not answered for so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final ChatMessageListener NOBODY = (me, message) -> {};

  /**
   * Opens the terminal's token for this program alone. Where the hub doesn't know it any more and
   * there is another way in, that is a new one: somebody may have a copy of what was revoked, which
   * is to open nothing ever again.
   */
  SecretFile requireTerminal() {
    SecretFile file = devices.require(Devices.TERMINAL);
    try {
      renewTerminal(file);
      return file;
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void renewTerminal(SecretFile file) {
    try {
      if ((password != null || voucher != null) && isRefused(file)) {
        devices.renewTerminal(file);
      }
    } catch (ChatException e) {
      throw explained(e);
    }
  }

  private boolean isRefused(SecretFile file) {
    if (file.isNew()) {
      return false;
    }
    try {
      Seat.finish(hub.ask(new Login.Known(Devices.token(file)), new Command.Identify()));
      return false;
    } catch (ChatException e) {
      if (e.code() != Code.UNAUTHENTICATED) {
        throw e;
      }
      return true;
    }
  }

  /**
   * Comes in as the terminal.
   *
   * @param file as {@link #requireTerminal()} has opened it
   * @throws ChatException as {@link HubClientBuilder#start()} says
   */
  HubClient terminal(SecretFile file, Outbox outbox, RoomScreen screen) {
    Setup setup =
        builder -> builder.listener(screen).outbox(outbox).timeout(PATIENCE).readsByItself();
    Token token = Devices.token(file);
    if (voucher != null && file.isNew()) {
      letIn(file);
    }
    Login login = voucher == null ? first(token) : new Login.Known(token);
    HubClient me = start(setup.of(join(login)));
    prepare(me, Devices.SCRIPT);
    prepare(me, Devices.TAIL);
    return me;
  }

  private Login first(Token token) {
    return password == null
        ? new Login.NewUser(devices.user(), token)
        : new Login.Password(devices.user(), password, token);
  }

  /** Scripts come in while the terminal is there, which can't help them then. */
  private void prepare(HubClient me, String purpose) {
    Optional<SecretFile> file = devices.tryOpen(purpose);
    file.ifPresent(
        open -> {
          try (open) {
            prepare(me, open);
          }
        });
  }

  private void prepare(HubClient me, SecretFile file) {
    try {
      if (file.isNew() || isRefused(file)) {
        add(me, file);
      }
    } catch (ChatException e) {
      // The script is told when it can't come in.
    }
  }

  /** Lets a device in, by a token that was never revoked. */
  private CompletableFuture<Device> add(HubClient me, SecretFile file) {
    if (!file.isNew()) {
      devices.renew(file);
    }
    return me.addDevice(Devices.token(file));
  }

  /**
   * Comes in as a device that others let in, when it is new.
   *
   * @param setup what else is set up
   * @throws ChatException as {@link HubClientBuilder#start()} says
   */
  HubClient further(SecretFile file, Setup setup) {
    try {
      return comeBack(file, setup);
    } catch (ChatException e) {
      if (e.code() != Code.UNAUTHENTICATED) {
        throw e;
      }
      letIn(file);
      return comeBack(file, setup);
    }
  }

  private HubClient comeBack(SecretFile file, Setup setup) {
    return start(setup.of(join(new Login.Known(Devices.token(file)))));
  }

  /** What is said to a client that is being built. */
  @FunctionalInterface
  interface Setup {
    HubClientBuilder of(HubClientBuilder builder);
  }

  private void letIn(SecretFile file) {
    if (voucher != null) {
      introduce(new Login.Known(voucher), file);
      return;
    }
    try (SecretFile terminal = terminalFile()) {
      renewTerminal(terminal);
      introduce(first(Devices.token(terminal)), file);
    }
  }

  /** What the user's devices on this machine are for, by their ids; only of those that are in. */
  Map<String, String> purposes() {
    Map<String, String> purposes = new HashMap<>();
    devices
        .tokens()
        .forEach((token, purpose) -> device(token).ifPresent(id -> purposes.put(id, purpose)));
    return purposes;
  }

  private Optional<String> device(Token token) {
    try {
      Identity known = Seat.finish(hub.ask(new Login.Known(token), new Command.Identify()));
      return Optional.of(known.device());
    } catch (ChatException e) {
      return Optional.empty();
    }
  }

  private SecretFile terminalFile() {
    return devices
        .tryOpen(Devices.TERMINAL)
        .orElseThrow(
            () ->
                new Failure(
                    ExitCode.NAME_TAKEN,
                    "'"
                        + Called.NAME
                        + " join' as "
                        + devices.user()
                        + " has to be started anew first"));
  }

  private void introduce(Login login, SecretFile file) {
    try (HubClient known = start(join(login).listener(NOBODY).readsByItself())) {
      Seat.finish(add(known, file));
    }
  }

  private HubClient start(HubClientBuilder builder) {
    try {
      return requireUser(builder.start());
    } catch (ChatException e) {
      throw explained(e);
    }
  }

  private RuntimeException explained(ChatException why) {
    if (why.code() == Code.NAME_TAKEN) {
      return new Failure(
          ExitCode.NAME_TAKEN,
          "the name %s is taken, and the token here doesn't open it (any more)"
                  .formatted(devices.user())
              + ": come with --password or --token",
          why);
    }
    if (why.code() != Code.UNREACHABLE && why.code() != Code.TIMED_OUT) {
      return why;
    }
    String problem = "the hub " + hub + " can't be reached: " + Printable.reason(why);
    return new Failure(ExitCode.NO_REGISTRY, problem, why);
  }

  /** A token alone says whose it is: nobody is to speak under another name than he thinks. */
  private HubClient requireUser(HubClient me) {
    if (!me.name().equals(devices.user())) {
      me.close();
      throw new Failure(
          ExitCode.FAILED,
          "the token is that of %s, not of %s".formatted(me.name(), devices.user()));
    }
    return me;
  }

  private HubClientBuilder join(Login login) {
    return HubClient.join(hub, login);
  }
}
