package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Outbox;
import chat.talk.room.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where what a terminal has sent waits until the hub has answered: a file for each hub, user and
 * device, for only the device that has sent something can do so again.
 */
record Outboxes(Path folder) {
  private static final int DEVICE_LENGTH = 10;

  /** The file's outbox, in a folder that is there from now on. */
  Outbox of(String url, UserName user, Token device) {
    String name = user.value() + "~" + device.digest().substring(0, DEVICE_LENGTH);
    Path file = folder.resolve(ClaimFile.folderName(url)).resolve(name);
    try {
      SecretFile.makePrivateFolder(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      String problem = "cannot keep what is sent in " + file + " (--outbox says where): ";
      throw new Failure(ExitCode.FAILED, problem + Printable.reason(e), e);
    }
    return Outbox.file(file);
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
