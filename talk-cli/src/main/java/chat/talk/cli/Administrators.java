package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.UserName;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The accounts of a hub's administrators. The hub takes their names itself before anybody else can,
 * and keeps a token of each in its folder, where only its owner may read.
 *
 * @param folder with a file for each
 */
record Administrators(Path folder) {
  static Administrators in(Path data) {
    return new Administrators(data.resolve("admins"));
  }

  /**
   * Takes a name, or finds that it is this administrator's already.
   *
   * @return false when somebody has the name whose token isn't here
   */
  boolean settle(Hub hub, UserName name) {
    Path file = folder.resolve(name.value());
    boolean isNew = !Files.exists(file);
    try (SecretFile token = open(file)) {
      Login login = new Login.NewUser(name, Token.of(token.secret()));
      Seat.finish(hub.connect(login, Map.of(), new Nobody())).close();
      return true;
    } catch (ChatException e) {
      if (e.code() != Code.NAME_TAKEN) {
        throw e;
      }
      forget(file, isNew);
      return false;
    }
  }

  private static SecretFile open(Path file) {
    try {
      SecretFile open = SecretFile.tryOpen(file);
      if (open == null) {
        throw new Failure(ExitCode.FAILED, "another program has " + file + " open");
      }
      return open;
    } catch (IOException e) {
      String problem = "cannot keep a token in " + file + ": " + Printable.reason(e);
      throw new Failure(ExitCode.FAILED, problem, e);
    }
  }

  private static void forget(Path file, boolean isNew) {
    try {
      if (isNew) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, file + ": " + Printable.reason(e), e);
    }
  }

  /** Whose tokens are here. */
  List<UserName> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> UserName.of(file.getFileName().toString())).sorted().toList();
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, folder + ": " + Printable.reason(e), e);
    }
  }

  Path token(UserName name) {
    return folder.resolve(name.value());
  }

  private static final class Nobody implements Session.Listener {
    @Override
    public void onReady() {
      // Nothing is taken.
    }

    @Override
    public void onEnd(ChatException why) {
      // It was to end at once anyway.
    }
  }
}
