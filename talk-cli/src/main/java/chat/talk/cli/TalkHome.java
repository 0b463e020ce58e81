package chat.talk.cli;

import java.nio.file.Path;

/** Where the program keeps its files. */
final class TalkHome {
  private TalkHome() {}

  static Path claims() {
    String home = System.getenv("TALK_HOME");
    boolean isSet = home != null && !home.isEmpty();
    Path folder = isSet ? Path.of(home) : Path.of(System.getProperty("user.home"), ".talk");
    return folder.resolve("claims");
  }
}
