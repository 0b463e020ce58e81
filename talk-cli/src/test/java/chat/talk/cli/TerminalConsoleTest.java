package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.MessageId;
import chat.talk.UserName;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;
import org.jline.reader.CompletingParsedLine;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TerminalConsoleTest {
  private static final UserName ALICE = UserName.of("alice");

  private final Glass screen = new Glass();
  private PipedOutputStream keyboard;
  private TerminalConsole console;

  @BeforeEach
  void openTerminal() throws IOException {
    keyboard = new PipedOutputStream();
    Terminal terminal =
        TerminalBuilder.builder()
            .system(false)
            .type("xterm-256color")
            .size(Size.of(80, 24))
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
  void linesCanBeEdited() throws Exception {
    assertThat(typed("Helo\u001bODl\r")).isEqualTo("Hello");
  }

  @Test
  void textIsTakenAsItIs() throws Exception {
    assertThat(typed("\"it's\" !! \\ ünd 👋 $x ~\r")).isEqualTo("\"it's\" !! \\ ünd 👋 $x ~");
  }

  @Test
  void historyComesBackWithTheArrow() throws Exception {
    assertThat(typed("first\r")).isEqualTo("first");
    assertThat(typed("\u001bOA\r")).isEqualTo("first");
  }

  @Test
  void tabCompletesCommandsAndNames() throws Exception {
    console.suggest(Set.of(ALICE, UserName.of("bob")));
    assertThat(typed(":us\tal\t\r").strip()).isEqualTo(":user alice");
  }

  @Test
  void tabCompletesWhatHasSpacesInItAsItIs() throws Exception {
    console.completeWith((words, index, names) -> Stream.of("Blue Lake").filter(any -> index == 1));
    assertThat(typed(":join Bl\t\r").strip()).isEqualTo(":join Blue Lake");
  }

  @Test
  void theLineReaderHasNothingToWarnOf() {
    assertThat(TerminalConsole.parser().parse(":join Blue La", 13))
        .isInstanceOf(CompletingParsedLine.class);
  }

  @Test
  void tabCompletesWhoeverHasJustWritten() throws Exception {
    new Inbox(console).onMessage(null, message("Hello"));
    assertThat(typed(":user al\t\r").strip()).isEqualTo(":user alice");
  }

  @Test
  void whoeverWroteAndIsGoneIsNotCompleted() throws Exception {
    console.suggest(ALICE);
    console.suggest(Set.of());
    assertThat(typed(":user al\t\r")).isEqualTo(":user al");
  }

  @Test
  void tabForNobodyKnownLooksWhoIsThere() throws Exception {
    AtomicInteger lookUps = new AtomicInteger();
    console.suggest(Set.of(UserName.of("bob")));
    console.onNoSuggestion(
        () -> {
          lookUps.incrementAndGet();
          console.suggest(Set.of(ALICE));
        });
    assertThat(typed(":user b\t\r").strip()).isEqualTo(":user bob");
    assertThat(lookUps).hasValue(0);
    assertThat(typed(":user al\t\t\r").strip()).isEqualTo(":user alice");
    assertThat(lookUps).hasValue(1);
  }

  @Test
  void tabCompletesNothingInText() throws Exception {
    console.suggest(Set.of(ALICE));
    assertThat(typed("hello al\t\r")).isEqualTo("hello al");
  }

  @Test
  void controlDEndsTheInput() throws Exception {
    assertThat(typed("\u0004")).isNull();
  }

  @Test
  void controlCEndsTheInput() throws Exception {
    assertThat(typed("half a line\u0003")).isNull();
  }

  @Test
  void aMessageCannotDriveTheTerminal() throws Exception {
    console.message(message("\u001b[2J\u001b]0;title\u0007gone"));
    screen.await("alice: \\u001b[2J\\u001b]0;title\\u0007gone", 0);
    assertThat(screen.text()).doesNotContain("\u001b[2J", "\u0007");
  }

  @Test
  void thePromptShowsHowMuchWaits() throws Exception {
    console.talkTo("general");
    console.waiting(2);
    assertThat(typed("x\r")).isEqualTo("x");
    assertThat(screen.text()).contains("to general (2 waiting)> ");
    console.waiting(0);
    int from = screen.text().length();
    assertThat(typed("y\r")).isEqualTo("y");
    assertThat(screen.text().substring(from)).contains("to general> ");
  }

  @Test
  void thePromptShowsWhoIsTalkedTo() throws Exception {
    console.talkTo(console.paint(ALICE));
    assertThat(typed("x\r")).isEqualTo("x");
    assertThat(screen.text()).contains("to alice> ");
  }

  @Test
  void aQuestionStandsWhileThePromptChanges() throws Exception {
    CompletableFuture<@Nullable String> secret =
        CompletableFuture.supplyAsync(() -> console.readSecret("password: "));
    screen.await("password: ", 0);
    console.talkTo("general");
    console.say("meanwhile");
    screen.await("meanwhile", 0);
    strike("x\r");
    assertThat(secret.get(10, TimeUnit.SECONDS)).isEqualTo("x");
    assertThat(screen.text()).doesNotContain("to general");
  }

  @Test
  void whatComesInStandsAboveTheLineBeingTyped() throws Exception {
    CompletableFuture<@Nullable String> line = CompletableFuture.supplyAsync(console::readLine);
    screen.await("> ", 0);
    strike("half ");
    screen.await("half", 0);
    int before = screen.text().length();
    console.message(message("Hello"));
    screen.await("> half", before);
    assertThat(screen.text().substring(before)).containsSubsequence("alice: Hello", "> half");
    strike("a line\r");
    assertThat(line.get(10, TimeUnit.SECONDS)).isEqualTo("half a line");
  }

  @Test
  void aNewChoiceShowsWhileALineIsBeingTyped() throws Exception {
    CompletableFuture<@Nullable String> line = CompletableFuture.supplyAsync(console::readLine);
    screen.await("> ", 0);
    console.talkTo(console.paint(ALICE));
    console.say("chosen");
    screen.await("to alice> ", 0);
    strike("\r");
    assertThat(line.get(10, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void noColourIsUsedWhereNoneIsWanted() throws Exception {
    console.fail("no");
    console.say(console.paint(ALICE));
    screen.await("alice", 0);
    assertThat(screen.text()).contains("! no").doesNotContainPattern("\u001b\\[[0-9;]*3[0-9]");
  }

  @Test
  void aLogIsShownLineByLine() throws Exception {
    PrintStream log = new PrintStream(new LogLines(console::log), true, StandardCharsets.UTF_8);
    log.print("WARN one ü");
    log.println("\u001b[2J");
    log.println("WARN two");
    screen.await("WARN two", 0);
    assertThat(screen.text()).contains("WARN one ü\\u001b[2J").doesNotContain("\u001b[2J");
  }

  @Test
  void whatComesAfterTheEndHarmsNobody() {
    console.close();
    console.say("too late");
    assertThat(screen.text()).doesNotContain("too late");
  }

  @Test
  void aNameHasAlwaysTheSameColour() {
    Palette palette = new Palette(null);
    assertThat(palette.name(ALICE)).isEqualTo(palette.name(UserName.of("alice"))).contains("38;5;");
    assertThat(palette.name(ALICE)).isNotEqualTo(palette.name(UserName.of("bob")));
  }

  /** What the console reads when these keys are struck at its prompt. */
  private @Nullable String typed(String keys) throws Exception {
    int before = screen.text().length();
    CompletableFuture<@Nullable String> line = CompletableFuture.supplyAsync(console::readLine);
    screen.await("> ", before);
    strike(keys);
    return line.get(10, TimeUnit.SECONDS);
  }

  private void strike(String keys) throws IOException {
    keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  private static ChatMessage message(String text) {
    Instant time = Instant.parse("2026-01-01T00:00:00Z");
    return new ChatMessage(ChatId.of("alice~bob"), new MessageId("m1"), ALICE, text, time);
  }
}
