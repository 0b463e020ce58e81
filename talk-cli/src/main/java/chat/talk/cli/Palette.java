package chat.talk.cli;

import chat.talk.UserName;
import org.jetbrains.annotations.Nullable;

/** Colours by ANSI sequences, or none at all. */
final class Palette {
  /** Of the 256 colours, those that can be read on black and on white. */
  private static final int[] NAME_COLOURS = {
    28, 30, 31, 33, 37, 63, 64, 67, 70, 96, 98, 100, 127, 130, 133, 136, 161, 166, 168, 172
  };

  private static final String RESET = "\u001b[0m";

  private final boolean colourful;

  /**
   * Makes a palette.
   *
   * @param noColor the environment's NO_COLOR: anything but nothing means no colours
   */
  Palette(@Nullable String noColor) {
    this.colourful = noColor == null || noColor.isEmpty();
  }

  /** The name in bold, and always in the same colour. */
  String name(UserName user) {
    int colour = NAME_COLOURS[Math.floorMod(user.value().hashCode(), NAME_COLOURS.length)];
    return paint("1;38;5;" + colour, user.value());
  }

  String error(String text) {
    return paint("31", text);
  }

  String dim(String text) {
    return paint("2", text);
  }

  private String paint(String style, String text) {
    return colourful ? "\u001b[" + style + "m" + text + RESET : text;
  }
}
