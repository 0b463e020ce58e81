package chat.talk.cli;

import chat.talk.ChatMessage;
import org.jetbrains.annotations.Nullable;

/** A console that takes a user off the registry when it reads LEAVE. */
final class Leaver implements Console {
  final Screen screen;
  private final Console console;
  private final Town town;
  private final String name;

  Leaver(Screen screen, Town town, String name) {
    this.screen = screen;
    this.console = screen.console();
    this.town = town;
    this.name = name;
  }

  @Override
  public @Nullable String readLine() {
    String line = console.readLine();
    if ("LEAVE".equals(line)) {
      town.remove(name);
      return "";
    }
    return line;
  }

  @Override
  public void message(ChatMessage message) {
    console.message(message);
  }

  @Override
  public void say(String text) {
    console.say(text);
  }

  @Override
  public void fail(String text) {
    console.fail(text);
  }
}
