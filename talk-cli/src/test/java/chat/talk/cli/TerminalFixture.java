package chat.talk.cli;

import chat.talk.ChatException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A hub in this JVM to whose terminals the test's people come. */
abstract class TerminalFixture {
  @TempDir Path home;

  HubHouse house;

  @BeforeEach
  void openHouse() {
    house = new HubHouse(home);
  }

  @AfterEach
  void closeHouse() {
    house.close();
  }

  /** What the program would say that can't go on; empty when it can. */
  static String failure(Runnable action) {
    try {
      action.run();
      return "";
    } catch (Failure | ChatException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
