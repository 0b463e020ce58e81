package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.jdbc.Statements.Binder;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Change;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that have lost entries while they were open, as behind a replica that lagged. */
final class LostEntriesTest {
  private static final ChatId CHAT = ChatId.of("chat");
  private static final String REFUSING =
      "CREATE TRIGGER refusing BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'no'); END";

  @TempDir private Path folder;
  private String file;
  private Database database;
  private HubStorage storage;

  @BeforeEach
  void open() {
    file = folder.resolve("talk.db").toString();
    database = Database.open(file);
    storage = database.storage();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void lostPlacesAreNotUsedTwice() throws SQLException {
    List<Entry> old = append(0, 5);
    lose("DELETE FROM entries WHERE place > 3");
    Entry next = append(5, 6).get(0);
    assertThat(next.cursor().sequence()).isEqualTo(4);
    Page page = storage.readAfter(CHAT, old.get(4).cursor(), 10);
    assertThat(page.lost()).isTrue();
    assertThat(page.entries()).hasSize(4).endsWith(next);
    assertNothingChangesByOpeningAgain(next.cursor());
  }

  @Test
  void logThatIsGoneBeginsAnew() throws SQLException {
    Cursor old = append(0, 5).get(4).cursor();
    lose("DELETE FROM entries", "DELETE FROM logs");
    Cursor next = append(5, 6).get(0).cursor();
    assertThat(next.sequence()).isEqualTo(1);
    assertThat(storage.readAfter(CHAT, old, 10).lost()).isTrue();
    assertNothingChangesByOpeningAgain(next);
  }

  @Test
  void logThatHasLostNothingLivesOn() throws SQLException {
    Cursor old = append(0, 5).get(4).cursor();
    lose("SELECT 1");
    Cursor next = append(5, 6).get(0).cursor();
    assertThat(next).isEqualTo(new Cursor(old.epoch(), 6));
  }

  /** In between, writing fails: the storage looks again what there is. */
  private void lose(String... changes) throws SQLException {
    sql(REFUSING);
    assertThatThrownBy(() -> append(9, 10)).isInstanceOf(ChatException.class);
    sql("DROP TRIGGER refusing");
    sql(changes);
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void assertNothingChangesByOpeningAgain(Cursor head) {
    assertThat(storage.head(CHAT)).isEqualTo(head);
    close();
    open();
    assertThat(storage.head(CHAT)).isEqualTo(head);
  }

  @Test
  void longStretchExpiresWhole() {
    int count = 2 * Texts.SLICE + 1;
    List<Entry> all = append(0, count);
    storage.commit(List.of(new Change.Expire(CHAT, all.get(count - 2).cursor())));
    assertThat(withText()).isEqualTo(1);
  }

  private long withText() {
    Binder nothing = parameters -> {};
    try (Pool pool = Pool.open(Dialect.of(file), Database.builder(file))) {
      return pool.read(
          statements ->
              statements.query(
                  "SELECT COUNT(*) FROM entries WHERE text <> ''",
                  nothing,
                  row -> row.next() ? row.number() : 0));
    }
  }

  private List<Entry> append(int from, int to) {
    return storage.append(IntStream.range(from, to).mapToObj(LostEntriesTest::message).toList());
  }

  private static ChatMessage message(int number) {
    return new ChatMessage(
        CHAT, MessageId.of("m" + number), UserName.of("alice"), "text", Instant.EPOCH);
  }
}
