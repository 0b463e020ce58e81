package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.MessageId;
import chat.talk.UserName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TerminalConsoleTest {
  private static final UserName ALICE = UserName.of("alice");

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private PipedOutputStream keyboard;
  private TerminalConsole console;

  @BeforeEach
  void openTerminal() throws IOException {
    keyboard = new PipedOutputStream();
    Terminal terminal =
        TerminalBuilder.builder()
            .system(false)
            .type("xterm-256color")
            .encoding(StandardCharsets.UTF_8)
            .streams(new PipedInputStream(keyboard, 1 << 16), screen)
            .build();
    console = new TerminalConsole(terminal, new Palette("1"));
  }

  @AfterEach
  void closeTerminal() {
    console.close();
  }

  @Test
  void linesCanBeEdited() throws IOException {
    type("Helo\u001b[Dl\r");
    assertThat(console.readLine()).isEqualTo("Hello");
  }

  @Test
  void textIsTakenAsItIs() throws IOException {
    type("\"it's\" !! \\ ünd 👋 $x ~\r");
    assertThat(console.readLine()).isEqualTo("\"it's\" !! \\ ünd 👋 $x ~");
  }

  @Test
  void historyComesBackWithTheArrow() throws IOException {
    type("first\r\u001b[A\r");
    assertThat(console.readLine()).isEqualTo("first");
    assertThat(console.readLine()).isEqualTo("first");
  }

  @Test
  void tabCompletesCommandsAndNames() throws IOException {
    console.suggest(Set.of(ALICE, UserName.of("bob")));
    type(":us\tal\t\r");
    assertThat(console.readLine().strip()).isEqualTo(":user alice");
  }

  @Test
  void tabCompletesNothingInText() throws IOException {
    console.suggest(Set.of(ALICE));
    type("hello al\t\r");
    assertThat(console.readLine()).isEqualTo("hello al");
  }

  @Test
  void controlDEndsTheInput() throws IOException {
    type("\u0004");
    assertThat(console.readLine()).isNull();
  }

  @Test
  void controlCEndsTheInput() throws IOException {
    type("half a line\u0003");
    assertThat(console.readLine()).isNull();
  }

  @Test
  void aMessageCannotDriveTheTerminal() {
    console.message(message("\u001b[2J\u001b]0;title\u0007gone"));
    assertThat(screen.toString(StandardCharsets.UTF_8))
        .contains("alice: \\u001b[2J\\u001b]0;title\\u0007gone")
        .doesNotContain("\u001b[2J", "\u0007");
  }

  @Test
  void thePromptShowsWhoIsTalkedTo() throws IOException {
    console.select(ALICE);
    type("x\r");
    assertThat(console.readLine()).isEqualTo("x");
    assertThat(screen.toString(StandardCharsets.UTF_8)).contains("to alice> ");
  }

  @Test
  void noColourIsUsedWhereNoneIsWanted() {
    console.fail("no");
    console.say(console.paint(ALICE));
    assertThat(screen.toString(StandardCharsets.UTF_8)).doesNotContainPattern("\u001b\\[[0-9;]*3[0-9]");
  }

  @Test
  void aNameHasAlwaysTheSameColour() {
    Palette palette = new Palette(null);
    assertThat(palette.name(ALICE)).isEqualTo(palette.name(UserName.of("alice"))).contains("38;5;");
    assertThat(palette.name(ALICE)).isNotEqualTo(palette.name(UserName.of("bob")));
  }

  private void type(String keys) throws IOException {
    keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  private static ChatMessage message(String text) {
    Instant time = Instant.parse("2026-01-01T00:00:00Z");
    return new ChatMessage(ChatId.of("alice~bob"), new MessageId("m1"), ALICE, text, time);
  }
}
