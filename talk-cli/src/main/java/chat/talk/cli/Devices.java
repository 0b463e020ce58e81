package chat.talk.cli;

import chat.talk.UserName;
import chat.talk.room.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jetbrains.annotations.Nullable;

/**
 * A user's devices on this machine: for each a token, in a file that only its owner may read. A hub
 * lets a device in once at a time, so what runs side by side needs devices of its own.
 */
final class Devices {
  /** The device that {@code talk join} is. */
  static final String TERMINAL = "";

  /** The device of commands that do one thing and end. */
  static final String SCRIPT = "~script";

  /** The device of the first {@code talk tail}. */
  static final String TAIL = "~tail";

  /** No device: what the terminal was before it was shut out. */
  private static final String EARLIER = "~earlier";

  private static final int MOST_TAILS = 100;

  private final Path folder;
  private final UserName user;

  /**
   * Those of one user of one hub.
   *
   * @param tokens the folder for all tokens
   * @param url the hub's, however it is spelled
   */
  Devices(Path tokens, String url, UserName user) {
    this.folder = tokens.resolve(ClaimFile.folderName(url));
    this.user = user;
  }

  UserName user() {
    return user;
  }

  /** Opens a device's token, or makes it; empty when another program has it open. */
  Optional<SecretFile> tryOpen(String purpose) {
    return Optional.ofNullable(open(path(purpose)));
  }

  /** Opens a device's token for this program alone, or ends it. */
  SecretFile require(String purpose) {
    return tryOpen(purpose)
        .orElseThrow(
            () ->
                new Failure(
                    ExitCode.NAME_TAKEN, "another talk on this machine is " + user + " already"));
  }

  /** Opens the token of the script's device once no other program uses it. */
  SecretFile awaitScript() {
    return SecretFile.await(() -> tryOpen(SCRIPT))
        .orElseThrow(
            () ->
                new Failure(
                    ExitCode.FAILED, "another talk on this machine acts as " + user + " already"));
  }

  /** Opens the token of the first device for listening that no other program uses. */
  SecretFile tail() {
    for (int i = 1; i <= MOST_TAILS; i++) {
      Optional<SecretFile> free = tryOpen(tailPurpose(i));
      if (free.isPresent()) {
        return free.get();
      }
    }
    throw new Failure(ExitCode.FAILED, "too many programs listen as " + user + " already");
  }

  /**
   * The tokens that are here, also those that other programs use, with what each is for; to be
   * asked by the terminal, whose own is not read: to close a file that a program has locked frees
   * it, through whichever channel.
   */
  Map<Token, String> tokens() {
    Map<Token, String> tokens = new LinkedHashMap<>();
    read(SCRIPT).ifPresent(token -> tokens.put(token, "talk send on this computer"));
    for (int i = 1; i <= MOST_TAILS; i++) {
      read(tailPurpose(i)).ifPresent(token -> tokens.put(token, "talk tail on this computer"));
    }
    return tokens;
  }

  /** Makes a new token in the place of one that the hub has revoked. */
  void renew(SecretFile file) {
    try {
      file.renew();
    } catch (IOException e) {
      throw notKept(folder, e);
    }
  }

  /** The same for the terminal's: its outbox goes by the token that is {@link #earlier()} then. */
  void renewTerminal(SecretFile file) {
    Path earlier = path(EARLIER);
    try {
      if (SecretFile.read(earlier).isEmpty()) {
        SecretFile.keep(earlier, file.secret());
      }
    } catch (IOException e) {
      throw notKept(earlier, e);
    }
    renew(file);
  }

  /** The token that the terminal last ran with, when that was another one. */
  Optional<Token> earlier() {
    return read(EARLIER);
  }

  void forgetEarlier() {
    Path earlier = path(EARLIER);
    try {
      Files.deleteIfExists(earlier);
    } catch (IOException e) {
      throw notKept(earlier, e);
    }
  }

  private Optional<Token> read(String purpose) {
    return SecretFile.read(path(purpose)).map(Token::of);
  }

  private static String tailPurpose(int number) {
    return number == 1 ? TAIL : TAIL + number;
  }

  private Path path(String purpose) {
    return folder.resolve(user.value() + purpose);
  }

  static Token token(SecretFile file) {
    return Token.of(file.secret());
  }

  private static @Nullable SecretFile open(Path path) {
    try {
      return SecretFile.tryOpen(path);
    } catch (IOException e) {
      throw notKept(path, e);
    }
  }

  private static Failure notKept(Path path, IOException why) {
    String problem = "cannot keep the token in " + path + " (TALK_HOME says where): ";
    return new Failure(ExitCode.FAILED, problem + Printable.reason(why), why);
  }
}
