package chat.talk.cli;

import chat.talk.ChatMessage;
import chat.talk.UserName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import org.jetbrains.annotations.Nullable;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Status;

/**
 * A person's terminal: the line being typed stays at the bottom, and whatever is shown appears
 * above it.
 */
final class TerminalConsole implements Console {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

  private final Terminal terminal;
  private final Palette palette;
  private final Completion completion = new Completion();
  private final LineReader reader;
  private volatile @Nullable String whom;
  private volatile int waiting;
  private volatile boolean isAsking;

  TerminalConsole(Terminal terminal, Palette palette) {
    this.terminal = terminal;
    this.palette = palette;
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("talk")
            .completer(completion)
            .parser(parser())
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    reader.getWidgets().put(LineReader.CALLBACK_INIT, this::renewPrompt);
  }

  /** Nothing is quoted: what is completed stands there as it is, also with spaces in it. */
  static Parser parser() {
    Parser parser = new DefaultParser().escapeChars(null).quoteChars(new char[0]);
    return (line, cursor, context) -> new PlainLine(parser.parse(line, cursor, context));
  }

  private record PlainLine(ParsedLine parsed) implements CompletingParsedLine {
    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return wordCursor();
    }

    @Override
    public int rawWordLength() {
      return word().length();
    }

    @Override
    public String word() {
      return parsed.word();
    }

    @Override
    public int wordCursor() {
      return parsed.wordCursor();
    }

    @Override
    public int wordIndex() {
      return parsed.wordIndex();
    }

    @Override
    public List<String> words() {
      return parsed.words();
    }

    @Override
    public String line() {
      return parsed.line();
    }

    @Override
    public int cursor() {
      return parsed.cursor();
    }
  }

  /** Ctrl-D and Ctrl-C both end it: they are how people leave. */
  @Override
  public @Nullable String readLine() {
    try {
      return reader.readLine(prompt());
    } catch (EndOfFileException | UserInterruptException e) {
      return null;
    }
  }

  /** What it says may have changed since the line reader was told. */
  private boolean renewPrompt() {
    changePrompt();
    return true;
  }

  @Override
  public @Nullable String readSecret(String question) {
    isAsking = true;
    try {
      reader.setVariable(LineReader.DISABLE_HISTORY, true);
      return reader.readLine(question, '*');
    } catch (EndOfFileException | UserInterruptException e) {
      return null;
    } finally {
      reader.setVariable(LineReader.DISABLE_HISTORY, false);
      isAsking = false;
    }
  }

  @Override
  public void progress(String line) {
    Status status = Status.getStatus(terminal);
    if (status != null) {
      status.update(line.isEmpty() ? List.of() : List.of(new AttributedString(line)));
    }
  }

  @Override
  public void replaceTyped() {
    reader.option(LineReader.Option.ERASE_LINE_ON_FINISH, true);
  }

  @Override
  public void echo(String line) {
    show(prompt() + palette.dim(Printable.line(line)));
  }

  @Override
  public void message(ChatMessage message) {
    LocalTime time = LocalTime.ofInstant(message.time(), ZoneId.systemDefault());
    String said = Printable.text(message.text());
    show(palette.dim(CLOCK.format(time)) + " " + paint(message.author()) + ": " + said);
  }

  @Override
  public void say(String text) {
    show(text);
  }

  @Override
  public void fail(String text) {
    show(palette.error("! " + text));
  }

  /** Shows a line of a log. */
  void log(String line) {
    show(palette.dim(line));
  }

  /** The line reader draws the prompt anew when something is shown, which the caller does next. */
  @Override
  public void talkTo(@Nullable String whom) {
    this.whom = whom;
    changePrompt();
  }

  @Override
  public void waiting(int count) {
    if (waiting != count) {
      waiting = count;
      changePrompt();
      redraw();
    }
  }

  private String prompt() {
    String count = waiting == 0 ? "" : palette.dim(" (" + waiting + " waiting)");
    return whom == null ? "> " : palette.dim("to ") + whom + count + palette.dim("> ");
  }

  private void changePrompt() {
    if (!isAsking && reader instanceof LineReaderImpl drawn && reader.isReading()) {
      drawn.setPrompt(AttributedString.fromAnsi(prompt()).toAnsi(terminal));
    }
  }

  private void redraw() {
    try {
      if (reader.isReading()) {
        reader.callWidget(LineReader.REDISPLAY);
      }
    } catch (IllegalStateException e) {
      // The line was entered meanwhile, and the next one has a prompt of its own.
    }
  }

  @Override
  public void suggest(Set<UserName> users) {
    completion.know(users);
  }

  @Override
  public void suggest(UserName user) {
    completion.know(user);
  }

  @Override
  public void onNoSuggestion(Runnable lookUp) {
    completion.onNobody(lookUp);
  }

  @Override
  public void completeWith(Words words) {
    completion.completeWith(words);
  }

  @Override
  public String dim(String text) {
    return palette.dim(text);
  }

  @Override
  public String paint(UserName user) {
    return palette.name(user);
  }

  @Override
  public boolean isScripted() {
    return false;
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void show(String text) {
    try {
      reader.printAbove(AttributedString.fromAnsi(text));
    } catch (IllegalStateException e) {
      // The terminal closes early when the program ends, and what comes then is for nobody.
    }
  }
}
