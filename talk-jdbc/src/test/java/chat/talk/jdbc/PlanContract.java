package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessage.Revision;
import chat.talk.Cursor;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.room.HubStorage.Stretch;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a hub asks again and again reads few rows of a long history. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PlanContract {
  private static final int CHATS = 100;
  private static final int EACH = 200;
  private static final int UNREAD = 5;
  private static final int COMMENTS = 5;
  private static final UserName ALICE = UserName.of("alice");
  private static final UserName BOB = UserName.of("bob");

  private static final String JOIN =
      "INSERT INTO members (chat, member, ranges, read_epoch, read_place)"
          + " SELECT chat, 'alice', '7:0..', 7, 195 FROM logs WHERE log <= 10";

  private Pool pool;
  private JdbcStorage storage;

  abstract TestServer server();

  /** How many rows have been read until now: at least all that this connection has. */
  abstract long rowsRead(Statements statements) throws SQLException;

  /** Has the server look at what there is, as it does by itself sooner or later. */
  abstract List<String> settling();

  /** With one connection for reading, so that what it has read can be asked of it. */
  @BeforeAll
  void fill() {
    server().clean();
    pool = Pool.open(Dialect.of(server().url()), server().database().readers(1));
    storage = new JdbcStorage(pool);
    storage.append(numbers(CHATS).flatMap(chat -> numbers(EACH).map(i -> event(chat, i))).toList());
    pool.write(statements -> statements.update(JOIN, nothing -> {}));
    pool.write(this::settle);
  }

  private int settle(Statements statements) throws SQLException {
    try (Statement statement = statements.connection().createStatement()) {
      for (String sql : settling()) {
        statement.execute(sql);
      }
      return settling().size();
    }
  }

  /** Some messages are comments on the first. */
  private static Event event(int chat, int i) {
    MessageKey about = i % (EACH / COMMENTS) == 0 ? key(chat, 1) : null;
    return message(chat, i, about);
  }

  private static ChatMessage message(int chat, int i, @Nullable MessageKey about) {
    MessageId id = key(chat, i).id();
    return new ChatMessage(chat(chat), id, ALICE, "Hello", Instant.EPOCH, about, Revision.ORIGINAL);
  }

  private static ChatId chat(int chat) {
    return ChatId.of("chat-" + chat);
  }

  private static MessageKey key(int chat, int i) {
    return new MessageKey(ALICE, MessageId.of("m-" + chat + "-" + i));
  }

  private static Stream<Integer> numbers(int count) {
    return IntStream.rangeClosed(1, count).boxed();
  }

  @AfterAll
  void close() {
    storage.close();
    pool.close();
    server().clean();
  }

  @Test
  void endsOfLogsAreLookedUpOneByOne() {
    assertThat(rowsReadBy(() -> assertThat(new JdbcStorage(pool).heads()).hasSize(CHATS)))
        .isLessThan(CHATS * 10);
  }

  @Test
  void unreadMessagesOfAllChatsAreCountedInTheirStretches() {
    List<Stretch> stretches = numbers(CHATS).map(this::newest).toList();
    assertThat(
            rowsReadBy(
                () ->
                    assertThat(storage.count(BOB, stretches))
                        .isEqualTo(Collections.nCopies(CHATS, (long) UNREAD))))
        .isLessThan(CHATS * (UNREAD + 5));
  }

  private Stretch newest(int chat) {
    Cursor end = storage.head(chat(chat));
    return new Stretch(chat(chat), new Cursor(end.epoch(), EACH - UNREAD), end);
  }

  @Test
  void pagesAreStretchesOfTheTable() {
    assertThat(
            rowsReadBy(
                () ->
                    assertThat(storage.readBefore(chat(7), Cursor.END, 20).entries()).hasSize(20)))
        .isLessThan(EACH / 2);
    assertThat(
            rowsReadBy(
                () ->
                    assertThat(storage.readAfter(chat(7), Cursor.START, 20).entries()).hasSize(20)))
        .isLessThan(EACH / 2);
  }

  @Test
  void commentsAreFoundByTheirMessage() {
    MessageKey message = key(7, 1);
    assertThat(
            rowsReadBy(
                () ->
                    assertThat(storage.comments(message, Cursor.START, 99).entries())
                        .hasSize(COMMENTS)))
        .isLessThan(CHATS + EACH / 4);
  }

  @Test
  void entriesAreFoundByTheirKeys() {
    List<MessageKey> keys = numbers(10).map(chat -> key(chat, chat)).toList();
    assertThat(rowsReadBy(() -> assertThat(storage.find(keys)).hasSize(10))).isLessThan(2 * CHATS);
  }

  @Test
  void newestPagesOfAUsersChatsAreLookedUp() throws IOException {
    String query = StorageGuideContract.queries().get(2);
    assertThat(rowsReadBy(() -> assertThat(countRows(query)).isEqualTo(10 * 20)))
        .isLessThan(CHATS * EACH / 4);
  }

  private int countRows(String query) {
    return pool.read(
        statements ->
            statements.query(
                query,
                nothing -> {},
                row -> {
                  int rows = 0;
                  while (row.next()) {
                    rows++;
                  }
                  return rows;
                }));
  }

  private long rowsReadBy(Runnable reading) {
    long before = pool.read(this::rowsRead);
    reading.run();
    return pool.read(this::rowsRead) - before;
  }

  static long sum(Statements statements, String query, int column) throws SQLException {
    long sum = 0;
    try (Statement statement = statements.connection().createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        sum += result.getLong(column);
      }
    }
    return sum;
  }
}
