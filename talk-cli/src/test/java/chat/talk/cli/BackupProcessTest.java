package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.MessageId;
import chat.talk.Storage;
import chat.talk.UserName;
import chat.talk.jdbc.Database;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Backups and exports as users and scripts make them, and what can get in between. */
@Timeout(120)
final class BackupProcessTest {
  private static final ChatId CHAT = ChatId.of("general");
  private static final UserName ALICE = UserName.of("alice");
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final int MANY = 150_000;
  private static final int GROUP = 5_000;

  /** Enough to be sure that a process is in the middle of it. */
  private static final long BEGUN = 1 << 20;

  @TempDir private static Path source;
  private static Path large;

  @TempDir private Path home;
  private final StringWriter err = new StringWriter();
  private final Deque<TalkProcess> processes = new ArrayDeque<>();

  @BeforeAll
  static void fillALargeDatabase() {
    large = source.resolve("large.db");
    try (Database database = Database.open(large.toString())) {
      for (int from = 0; from < MANY; from += GROUP) {
        List<ChatMessage> events =
            IntStream.range(from, from + GROUP).mapToObj(i -> message("text " + i)).toList();
        database.storage().append(events);
      }
    }
  }

  @AfterAll
  static void nothingIsLeftBesideTheSource() throws IOException {
    assertThat(names(source)).noneMatch(name -> name.contains(".part"));
  }

  @AfterEach
  void endProcesses() {
    processes.forEach(TalkProcess::close);
  }

  @Test
  void whatWasSavedIsRestoredAndExported() throws Exception {
    fill("talk.db", "one", "two \u0000 Grüße \uD83D\uDE00");
    TalkProcess backup = start("backup", path("backup.db"), "--db", path("talk.db"));
    backup.awaitError("saved in .*backup.db: 2 messages in 1 chat, 0 files");
    assertThat(backup.exitCode()).isZero();
    fill("talk.db", "lost");
    assertThat(run("restore", path("backup.db"), "--db", path("talk.db"))).isEqualTo(1);
    assertThat(err.toString()).contains("talk.db: it holds something already");
    assertThat(run("restore", path("backup.db"), "--db", path("talk.db"), "--replace")).isZero();
    assertThat(err.toString()).contains("restored: 2 messages in 1 chat, 0 files, as of 20");
    TalkProcess export = start("export", "--chat", "general", "--db", path("talk.db"));
    assertThat(export.exitCode()).isZero();
    List<String> lines = export.restOfOut();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .matches(
            "\\{\"type\":\"message\",\"cursor\":\"[0-9a-z]+-1\",\"chat\":\"general\",\"id\":\".+\","
                + "\"author\":\"alice\",\"text\":\"one\",\"time\":\"2026-03-01T12:00:00.123456Z\"\\}");
    assertThat(lines.get(1)).contains("\"text\":\"two \\u0000 Grüße \uD83D\uDE00\"");
    String cursor = lines.get(0).replaceFirst(".*\"cursor\":\"", "").replaceFirst("\".*", "");
    TalkProcess rest =
        start("export", "--chat", "general", "--after", cursor, "--db", path("talk.db"));
    assertThat(rest.restOfOut()).containsExactly(lines.get(1));
  }

  @Test
  void aKilledBackupLeavesNoneAndTheNextOneSucceeds() throws Exception {
    TalkProcess backup = start("backup", path("backup.db"), "--db", large.toString());
    awaitBegun(backup);
    backup.kill();
    assertThat(home.resolve("backup.db")).doesNotExist();
    assertThat(names(home)).anyMatch(name -> name.endsWith(".part"));
    assertThat(run("backup", path("backup.db"), "--db", large.toString())).isZero();
    assertThat(names(home)).containsExactly("backup.db");
    assertThat(err.toString()).contains("150,000 messages in 1 chat");
  }

  @Test
  void aKilledRestoreLeavesWhatWasThereAndTheNextOneSucceeds() throws Exception {
    assertThat(run("backup", path("backup.db"), "--db", large.toString())).isZero();
    fill("talk.db", "before");
    String[] restore = {"restore", path("backup.db"), "--db", path("talk.db"), "--replace"};
    TalkProcess killed = start(restore);
    awaitBegun(killed);
    killed.kill();
    assertThat(count("talk.db")).isEqualTo(1);
    assertThat(run(restore)).isZero();
    assertThat(count("talk.db")).isEqualTo(MANY);
    assertThat(names(home)).noneMatch(name -> name.contains(".part"));
  }

  @Test
  void whereThereIsNoRoomNothingIsLeft() throws Exception {
    TalkProcess backup =
        shell("ulimit -f 2000;", "", "backup", path("backup.db"), "--db", large.toString());
    assertThat(backup.exitCode()).isEqualTo(1);
    backup.awaitError("talk: .*backup.db.*part: .*");
    assertThat(names(home)).isEmpty();
    assertThat(run("backup", path("backup.db"), "--db", large.toString())).isZero();
    fill("talk.db", "before");
    TalkProcess restore =
        shell(
            "ulimit -f 2000;",
            "",
            "restore",
            path("backup.db"),
            "--db",
            path("talk.db"),
            "--replace");
    assertThat(restore.exitCode()).isEqualTo(1);
    assertThat(count("talk.db")).isEqualTo(1);
    assertThat(names(home)).noneMatch(name -> name.contains(".part"));
  }

  @Test
  void anExportEndsQuietlyWhenNobodyReadsOn() throws Exception {
    String[] export = {"export", "--chat", "general", "--db", large.toString()};
    TalkProcess cut = shell("set -o pipefail;", "| head -n 1", export);
    assertThat(cut.exitCode()).isZero();
    assertThat(cut.restOfOut()).hasSize(1);
    assertThat(cut.restOfErr()).isEmpty();
    TalkProcess full = TalkProcess.startWithoutOut(home, export);
    processes.push(full);
    full.awaitError("talk: cannot write: .*");
    assertThat(full.exitCode()).isEqualTo(1);
  }

  @Test
  void aHubsDatabaseIsSavedAndExportedButNotReplacedMeanwhile() throws Exception {
    fill("talk.db", "before");
    assertThat(run("backup", path("backup.db"), "--db", path("talk.db"))).isZero();
    try (Database database = Database.open(path("talk.db"))) {
      database.storage().append(List.of(message("after")));
      TalkProcess backup = start("backup", path("again.db"), "--db", path("talk.db"));
      backup.awaitError(".*: 2 messages in 1 chat, 0 files");
      TalkProcess export = start("export", "--chat", "general", "--db", path("talk.db"));
      assertThat(export.restOfOut()).hasSize(2);
      TalkProcess restore =
          start("restore", path("backup.db"), "--db", path("talk.db"), "--replace");
      restore.awaitError("talk: .*talk.db: another hub has it open");
      assertThat(restore.exitCode()).isEqualTo(1);
      database.storage().append(List.of(message("still there")));
    }
    assertThat(count("talk.db")).isEqualTo(3);
  }

  @Test
  void whatIsWrongIsOneClearLine() throws Exception {
    fill("talk.db", "secret");
    Files.writeString(home.resolve("text"), "some text ".repeat(100));
    assertFails(1, "it is a folder", "backup", home.toString(), "--db", path("talk.db"));
    assertFails(1, "there is a file already", "backup", path("text"), "--db", path("talk.db"));
    assertFails(2, "the database itself", "backup", path("talk.db"), "--db", path("talk.db"));
    assertFails(1, "is not there", "backup", path("backup.db"), "--db", path("typo.db"));
    assertFails(1, "damaged, or no database", "restore", path("text"), "--db", path("new.db"));
    assertFails(1, "no backup of Talk's", "restore", path("talk.db"), "--db", path("new.db"));
    assertFails(1, "is not there", "restore", path("nothing"), "--db", path("new.db"));
    assertFails(1, "there is no chat other", "export", "--chat", "other", "--db", path("talk.db"));
    assertFails(
        1, "no place", "export", "--chat", "general", "--after", "1-1", "--db", path("talk.db"));
    assertThat(names(home)).doesNotContain("typo.db", "new.db", "backup.db");
  }

  private void assertFails(int exitCode, String line, String... args) {
    err.getBuffer().setLength(0);
    assertThat(run(args)).as(String.join(" ", args)).isEqualTo(exitCode);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("talk: ")
        .contains(line)
        .doesNotContain("Exception", "secret");
  }

  /** Waits until the process has written a part of something, and is not done. */
  private void awaitBegun(TalkProcess process) throws IOException {
    while (sizeOfPart() < BEGUN) {
      assertThat(process.isAlive()).isTrue();
      Thread.onSpinWait();
    }
  }

  private long sizeOfPart() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files
          .filter(file -> file.toString().endsWith(".part"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private void fill(String name, String... texts) {
    try (Database database = Database.open(path(name))) {
      database.storage().append(Stream.of(texts).map(BackupProcessTest::message).toList());
    }
  }

  private long count(String name) {
    try (Database database = Database.open(path(name))) {
      Storage history = database.history();
      assertThat(history.readAfter(CHAT, Cursor.START, 1).entries()).hasSize(1);
      return history.head(CHAT).sequence();
    }
  }

  private static ChatMessage message(String text) {
    return new ChatMessage(CHAT, MessageId.random(), ALICE, text, TIME);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private String path(String name) {
    return home.resolve(name).toString();
  }

  private int run(String... args) {
    CommandLine command = Main.commandLine();
    command.setErr(new PrintWriter(err, true));
    return command.execute(args);
  }

  private TalkProcess start(String... args) throws IOException {
    return started(TalkProcess.start(home, args));
  }

  private TalkProcess shell(String before, String after, String... args) throws IOException {
    return started(TalkProcess.startInShell(home, before, after, args));
  }

  private TalkProcess started(TalkProcess process) {
    processes.push(process);
    return process;
  }
}
