package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The {@code -wal} of a database in use is moved into its file, and loses nothing. */
@Timeout(60)
final class SqliteWalTest {
  private static final ChatId CHAT = ChatId.of("chat");
  private static final String TEXT = "word ".repeat(8_000);

  /** More pages than it takes for the log to be moved. */
  private static final int MANY = 250;

  private static final int FAR_TOO_MANY = 10_000;
  private static final int GROUP = 25;

  @TempDir Path folder;
  private Path log;
  private String url;
  private Database database;
  private SqliteWal wal;
  private int said;

  @BeforeEach
  void open() {
    url = "jdbc:sqlite:" + folder.resolve("talk.db");
    log = folder.resolve("talk.db-wal");
    database = Database.open(url);
    wal = new SqliteWal(url);
  }

  @AfterEach
  void close() {
    wal.close();
    database.close();
  }

  private void say() {
    say(1);
  }

  /** In groups. */
  private void say(int count) {
    List<ChatMessage> group = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      group.add(message("m" + said++));
      if (group.size() == GROUP || i == count) {
        database.storage().append(List.copyOf(group));
        group.clear();
      }
    }
  }

  private static ChatMessage message(String id) {
    return new ChatMessage(CHAT, MessageId.of(id), UserName.of("alice"), TEXT, Instant.now());
  }

  private int stored() {
    int count = 0;
    Cursor cursor = Cursor.START;
    while (!cursor.equals(database.storage().head(CHAT))) {
      var page = database.storage().readAfter(CHAT, cursor, 100);
      count += page.entries().size();
      cursor = page.next();
    }
    return count;
  }

  /** Goes on with commits until the log has begun anew. */
  private void sayUntilItIsShort() throws SQLException {
    for (int i = 0; wal.state().pages() >= Checkpoints.DUE; i++) {
      assertThat(i).isLessThan(FAR_TOO_MANY);
      say();
    }
  }

  @Test
  void whatIsCommittedIsMovedWithoutFurtherCommits() {
    say(MANY);
    Path file = folder.resolve("talk.db");
    Await.until("it is moved", () -> file.toFile().length() > Checkpoints.DUE * 4096L / 2);
    assertThat(stored()).isEqualTo(MANY);
  }

  @Test
  void theLogBeginsAnewAgainAndAgainUnderEndlessLoad() throws SQLException {
    for (int i = 0; i < 3; i++) {
      while (wal.state().pages() < Checkpoints.DUE) {
        say(GROUP);
      }
      sayUntilItIsShort();
    }
    assertThat(stored()).isEqualTo(said);
  }

  @Test
  void whoReadsOneMomentSeesItAndTheLogIsCutAfterwards() throws SQLException, IOException {
    long limit = 32L << 20;
    try (Connection reading = SqliteWal.reading(url)) {
      while (Files.size(log) <= limit) {
        say(GROUP);
      }
      assertThat(wal.state().moved()).isLessThan(Checkpoints.DUE);
      assertThat(reading.createStatement().executeQuery("SELECT COUNT(*) FROM entries").getInt(1))
          .isZero();
    }
    sayUntilItIsShort();
    say();
    assertThat(Files.size(log)).isLessThanOrEqualTo(limit);
    assertThat(stored()).isEqualTo(said);
  }

  @Test
  void aKeptLogDoesNotBeginAnewWhateverIsMoved() throws SQLException {
    say();
    try (Connection reading = SqliteWal.reading(url)) {
      say(MANY);
      wal.move();
      say();
      assertThat(wal.state().pages()).isGreaterThan(Checkpoints.DUE);
      assertThat(wal.beginAnew().isBusy()).isTrue();
      assertThat(reading.isClosed()).isFalse();
    }
    sayUntilItIsShort();
    assertThat(stored()).isEqualTo(said);
  }

  @Test
  void nothingIsLeftInItAfterClosing() throws IOException {
    say(MANY);
    wal.close();
    database.close();
    assertThat(Files.exists(log) ? Files.size(log) : 0).isZero();
    open();
    assertThat(stored()).isEqualTo(MANY);
  }
}
