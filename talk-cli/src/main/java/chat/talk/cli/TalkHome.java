package chat.talk.cli;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jetbrains.annotations.Nullable;

/** Where the program keeps its files. */
final class TalkHome {
  private TalkHome() {}

  static Path claims() {
    return folder().resolve("claims");
  }

  static Path tokens() {
    return folder().resolve("tokens");
  }

  /**
   * Data of the user's, as the XDG Base Directory Specification has them, unless told otherwise.
   */
  static Path outboxes() {
    return outboxes(System::getenv, Path.of(System.getProperty("user.home")));
  }

  static Path outboxes(UnaryOperator<@Nullable String> environment, Path userHome) {
    String home = environment.apply("TALK_HOME");
    String data = environment.apply("XDG_DATA_HOME");
    if (isSet(home)) {
      return Path.of(home, "outbox");
    }
    // A path that is not absolute is to be ignored, says the specification.
    Path folder =
        isSet(data) && Path.of(data).isAbsolute()
            ? Path.of(data)
            : userHome.resolve(Path.of(".local", "share"));
    return folder.resolve(Path.of("talk", "outbox"));
  }

  private static Path folder() {
    String home = System.getenv("TALK_HOME");
    return isSet(home) ? Path.of(home) : Path.of(System.getProperty("user.home"), ".talk");
  }

  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isEmpty();
  }
}
