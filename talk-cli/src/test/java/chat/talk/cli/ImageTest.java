package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.http.HttpHub;
import chat.talk.room.Command;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the Containerfile puts together and runs, in a folder instead of an image: no engine is
 * needed. Runs when the program has been packaged.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ImageTest {
  private static final ChatId GENERAL = ChatId.of("general");
  private static final Login BOB = new Login.NewUser(UserName.of("bob"), Token.random());

  @TempDir Path image;

  private final Deque<TalkProcess> processes = new ArrayDeque<>();
  private Containerfile file;

  @BeforeEach
  void layOut() throws Exception {
    file = Containerfile.read();
    for (String[] copy : file.copies()) {
      copy(Containerfile.ROOT.resolve(copy[0]), inImage(copy[1]), copy[1].endsWith("/"));
    }
    Files.createDirectory(inImage(file.one("VOLUME")));
    for (List<String> run : file.runs()) {
      if (run.get(0).equals("java")) {
        assertThat(start(run).exitCode()).isZero();
      }
    }
  }

  @AfterEach
  void endThem() {
    processes.forEach(TalkProcess::close);
  }

  @Test
  void aHubIsWellEndsAtASignalAndKeepsWhatWasSaid() throws Exception {
    TalkProcess first = start(hub());
    String url = first.url();
    assertThat(start(health(url)).exitCode()).isZero();
    ask(url, new Command.Send(Draft.of(GENERAL, "Hello")));
    first.terminate();
    assertThat(first.exitCode()).isZero();
    assertThat(first.restOfErr()).allMatch(ImageTest::isOfNewerJdk);
    assertThat(start(health(url)).exitCode()).isEqualTo(ExitCode.FAILED);
    Page kept = ask(start(hub()).url(), new Command.ReadAfter(GENERAL, Cursor.START, 10));
    assertThat(kept.entries()).hasSize(1);
  }

  private static <R> R ask(String url, Command<R> command) {
    try (HttpHub hub = HttpHub.at(url)) {
      return hub.ask(BOB, command).join();
    }
  }

  /** Newer JDKs than the image's warn of what libraries do. */
  private static boolean isOfNewerJdk(String line) {
    return line.startsWith("WARNING: ");
  }

  /** On loopback and any free port: this machine is no container. */
  private List<String> hub() {
    return Stream.concat(file.entrypoint().stream(), file.command().stream())
        .map(word -> word.equals("0.0.0.0") ? "127.0.0.1" : word)
        .map(word -> word.equals(file.one("EXPOSE")) ? "0" : word)
        .toList();
  }

  private List<String> health(String url) {
    return file.health().stream().map(word -> word.startsWith("http:") ? url : word).toList();
  }

  private TalkProcess start(List<String> command) throws IOException {
    List<String> here = command.stream().map(this::here).toList();
    TalkProcess process = TalkProcess.start(inImage("/data"), here);
    processes.push(process);
    return process;
  }

  /** A word of a command, with its paths leading into the folder. */
  private String here(String word) {
    if (word.equals("java")) {
      return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
    return word.startsWith("/") ? inImage(word).toString() : word.replace("=/", "=" + image + "/");
  }

  private Path inImage(String path) {
    return image.resolve(path.substring(1));
  }

  private static void copy(Path from, Path to, boolean intoFolder) throws IOException {
    assertThat(from).as("made by packaging").exists();
    if (Files.isDirectory(from)) {
      Files.createDirectories(to);
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.toList()) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    } else {
      Files.copy(from, intoFolder ? to.resolve(from.getFileName()) : to);
    }
  }
}
