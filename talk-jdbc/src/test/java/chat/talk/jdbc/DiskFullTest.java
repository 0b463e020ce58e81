package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.hub.HubEngine;
import chat.talk.room.HubClient;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub whose SQLite file may not grow any more. */
final class DiskFullTest {
  private static final ChatId GENERAL = ChatId.of("general");
  private static final String TEXT = "word ".repeat(400);
  private static final int MANY = 1_000;
  private static final int PAGE = 4096;
  private static final int BALLAST = 100;
  private static final int FREE = 20;

  @TempDir Path folder;
  private String url;
  private Database database;
  private HubEngine hub;
  private final Token aliceToken = Token.random();
  private final Token bobToken = Token.random();
  private HubClient alice;
  private HubClient bob;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final List<String> acknowledged = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  @BeforeEach
  void begin() throws Exception {
    url = "jdbc:sqlite:" + folder.resolve("talk.db");
    Database.open(url).close();
    long pages =
        sql("CREATE TABLE ballast AS SELECT zeroblob(%d) AS bytes".formatted(BALLAST * PAGE));
    url += "?max_page_count=" + (pages + FREE);
    open();
    say(alice, "first");
  }

  /** Does something beside the hub, and says how many pages there are. */
  private long sql(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      try (ResultSet result = statement.executeQuery("PRAGMA page_count")) {
        return result.getLong(1);
      }
    }
  }

  private void makeRoom() throws SQLException {
    sql("DROP TABLE ballast");
  }

  private void open() {
    database = Database.open(url);
    hub = HubEngine.builder(database.storage()).open();
    alice = HubClient.join(hub, login("alice", aliceToken)).start();
    bob = HubClient.join(hub, login("bob", bobToken)).listener(new Hearing(heard)).start();
  }

  private static Login login(String name, Token token) {
    return new Login.NewUser(UserName.of(name), token);
  }

  @AfterEach
  void close() {
    alice.close();
    bob.close();
    hub.close();
    database.close();
  }

  private record Hearing(BlockingQueue<String> texts) implements ChatMessageListener {
    @Override
    public void onMessage(ChatClient me, ChatMessage message) {
      texts.add(message.text());
    }
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  private Entry say(HubClient client, String text) throws Exception {
    Entry entry = get(client.send(Draft.of(GENERAL, text)));
    acknowledged.add(text);
    return entry;
  }

  /** Says why a message was refused. */
  private ChatException refusal(String text) throws Exception {
    try {
      say(alice, text);
      throw new AssertionError("there was room for " + text.length() + " characters");
    } catch (ExecutionException e) {
      refused.add(text);
      return ChatException.of(e);
    }
  }

  private ChatException fill() throws Exception {
    for (int i = 0; i < MANY; i++) {
      String text = i + " " + TEXT;
      try {
        say(alice, text);
      } catch (ExecutionException e) {
        refused.add(text);
        return ChatException.of(e);
      }
    }
    throw new AssertionError("the disk is never full");
  }

  private List<String> history() throws Exception {
    Page page = get(bob.readAfter(GENERAL, Cursor.START, 10 * MANY));
    return page.entries().stream()
        .map(Entry::event)
        .filter(ChatMessage.class::isInstance)
        .map(event -> ((ChatMessage) event).text())
        .toList();
  }

  @Test
  void sendersAreToldThatThereIsNoRoom() throws Exception {
    ChatException why = fill();
    assertThat(why.code()).isEqualTo(Code.STORAGE);
    assertThat(why).hasMessageContaining("no room").hasMessageContaining("talk.db");
    assertThat(refusal("again " + TEXT.repeat(20)).code()).isEqualTo(Code.STORAGE);
  }

  @Test
  void readersGoOn() throws Exception {
    fill();
    assertThat(history()).containsExactlyElementsOf(acknowledged);
    for (String text : acknowledged) {
      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(text);
    }
    assertThat(get(bob.chats())).hasSize(1);
    Page stored = database.storage().readAfter(GENERAL, Cursor.START, MANY);
    assertThat(stored.entries()).hasSizeGreaterThanOrEqualTo(acknowledged.size());
  }

  @Test
  void sendsWorkAgainOnceThereIsRoomAndNothingRefusedAppears() throws Exception {
    fill();
    refusal("again " + TEXT.repeat(20));
    makeRoom();
    say(alice, "there is room");
    say(bob, "indeed " + TEXT);
    assertThat(history())
        .containsExactlyElementsOf(acknowledged)
        .doesNotContainAnyElementsOf(refused);
  }

  @Test
  void whatWasAcknowledgedIsThereAfterARestart() throws Exception {
    fill();
    close();
    open();
    assertThat(history())
        .containsExactlyElementsOf(acknowledged)
        .doesNotContainAnyElementsOf(refused);
  }
}
