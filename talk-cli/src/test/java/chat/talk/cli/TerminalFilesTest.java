package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files in a hub's terminal. */
final class TerminalFilesTest extends TerminalFixture {
  @Test
  void aFileIsSentAndSaved() throws Exception {
    Path file = Files.writeString(home.resolve("notes.txt"), "what we agreed on");
    Path copy = home.resolve("copy.txt");
    Screen ada =
        house.enter(
            "ada",
            ":send-file " + file + " as promised",
            ":get-file last " + copy,
            ":get-file #1 " + copy,
            ":send-file " + home.resolve("missing"),
            "no file",
            ":get-file last");
    assertThat(ada.out())
        .contains(
            "[general] #1 ada: as promised (file notes.txt, 17 B: :get-file saves it)",
            "saved " + copy);
    assertThat(ada.err()).hasSize(3).last().asString().contains("no file at this message");
    assertThat(copy).hasContent("what we agreed on");
  }

  @Test
  void aFilesNameMayHoldSpaces() throws Exception {
    Path folder = Files.createDirectory(home.resolve("my files"));
    Files.writeString(folder.resolve("a note.txt"), "agreed");
    String escaped = home + "/my\\ files/a\\ note.txt";
    Screen ada =
        house.enter(
            "ada",
            ":send-file " + escaped + " as promised",
            ":send-file '" + folder + "/a note.txt' and \"again\"",
            ":send-file \"" + folder + "/a note.txt",
            ":get-file #1 " + folder,
            ":get-file #1 " + folder + "/one copy.txt",
            ":get-file #1 '" + folder + "/another copy.txt'");
    assertThat(ada.out())
        .contains(
            "[general] #1 ada: as promised (file a note.txt, 6 B: :get-file saves it)",
            "[general] #2 ada: and \"again\" (file a note.txt, 6 B: :get-file saves it)");
    assertThat(ada.err())
        .containsExactly(
            "error: there is no second \" in \"" + folder + "/a note.txt",
            "error: there is a file "
                + folder.resolve("a note.txt")
                + " already (:get-file"
                + " MESSAGE FILE)");
    assertThat(folder.resolve("one copy.txt")).hasContent("agreed");
    assertThat(folder.resolve("another copy.txt")).hasContent("agreed");
  }

  @Test
  void aTildeIsTheUsersHome() {
    assertThat(FileCommands.typed("~/a b", "/home/ada")).isEqualTo(Path.of("/home/ada/a b"));
    assertThat(FileCommands.typed("~", "/home/ada")).isEqualTo(Path.of("/home/ada"));
    assertThat(FileCommands.typed("~bob/a", "/home/ada")).isEqualTo(Path.of("~bob/a"));
  }
}
