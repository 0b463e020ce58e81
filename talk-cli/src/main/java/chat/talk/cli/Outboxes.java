package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.HubClient;
import chat.talk.room.HubClientBuilder;
import chat.talk.room.Login;
import chat.talk.room.Outbox;
import chat.talk.room.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where what a terminal has sent waits until the hub has answered: a file for each hub, user and
 * device, for only the device that has sent something can do so again.
 */
record Outboxes(Path folder) {
  private static final int DEVICE_LENGTH = 10;
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  /**
   * The terminal's outbox, in a folder that is there from now on. What was left by a token that was
   * revoked is in it.
   *
   * @param terminal open, as what was left is nobody else's then
   */
  Outbox of(String url, Devices devices, SecretFile terminal) {
    Login login = new Login.NewUser(devices.user(), Devices.token(terminal));
    Outbox outbox = Outbox.file(file(url, devices.user(), login.token()));
    devices
        .earlier()
        .ifPresent(
            token -> {
              if (!token.equals(login.token())) {
                move(file(url, devices.user(), token), outbox, login);
              }
              devices.forgetEarlier();
            });
    return outbox;
  }

  private Path file(String url, UserName user, Token device) {
    String name = user.value() + "~" + device.digest().substring(0, DEVICE_LENGTH);
    Path file = folder.resolve(ClaimFile.folderName(url)).resolve(name);
    try {
      SecretFile.makePrivateFolder(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw notKept(file, e);
    }
    return file;
  }

  /** Asks for what is left once more, of no hub yet: what has an id may be asked for twice. */
  private static void move(Path from, Outbox to, Login login) {
    List<Command<?>> left = left(Outbox.file(from));
    if (!left.isEmpty()) {
      HubClientBuilder client = HubClient.join(new NoHub(), login).outbox(to).closeWithin(AT_ONCE);
      try (HubClient me = client.open()) {
        left.forEach(me::call);
        to.saved().join();
      }
      if (!left(to).containsAll(left)) {
        throw new Failure(ExitCode.FAILED, "what waits in " + from + " can't be moved to " + to);
      }
    }
    try {
      Files.deleteIfExists(from);
      Files.deleteIfExists(from.resolveSibling(from.getFileName() + ".lock"));
    } catch (IOException e) {
      throw notKept(from, e);
    }
  }

  private static Failure notKept(Path file, IOException why) {
    String problem = "cannot keep what is sent in " + file + " (--outbox says where): ";
    return new Failure(ExitCode.FAILED, problem + Printable.reason(why), why);
  }

  /** What an earlier run has left. */
  static List<Command<?>> left(Outbox outbox) {
    try {
      return outbox.waiting();
    } catch (ChatException e) {
      throw new Failure(ExitCode.FAILED, Printable.reason(e), e);
    }
  }
}
