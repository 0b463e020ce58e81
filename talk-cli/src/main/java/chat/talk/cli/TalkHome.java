package chat.talk.cli;

import java.nio.file.Path;

/** Where the program keeps its files. */
final class TalkHome {
  private TalkHome() {}

  static Path claims() {
    return folder().resolve("claims");
  }

  static Path tokens() {
    return folder().resolve("tokens");
  }

  private static Path folder() {
    String home = System.getenv("TALK_HOME");
    boolean isSet = home != null && !home.isEmpty();
    return isSet ? Path.of(home) : Path.of(System.getProperty("user.home"), ".talk");
  }
}
