package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.Entry;
import chat.talk.hub.BanPolicy;
import chat.talk.hub.HubEngine;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The queries that docs/storage.md shows, asked of a small hub. */
abstract class StorageGuideContract {
  private static final int SENT = 25;

  private ChatId general;
  private ChatId garden;

  abstract Database open();

  abstract Connection connect() throws SQLException;

  @Test
  void queriesOfTheGuideAnswerAsItSays() throws IOException, SQLException {
    fill();
    List<String> queries = queries();
    assertThat(queries).hasSize(4);
    assertThat(answer(queries.get(0)))
        .extracting(row -> row.get(2))
        .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "No. " + (SENT - i)).toList());
    assertThat(answer(queries.get(1)))
        .contains(List.of("carol", general.value(), "3"))
        .noneMatch(row -> row.contains(garden.value()));
    assertThat(answer(queries.get(2)))
        .hasSize(20)
        .allMatch(row -> row.get(0).equals(general.value()))
        .last()
        .satisfies(row -> assertThat(row).containsSequence("bob", "No. " + SENT));
    assertThat(answer(queries.get(3)))
        .extracting(row -> row.subList(1, 4))
        .containsExactly(List.of("hub", "BAN", "bob"));
  }

  @Test
  void viewsCanBeRead() throws SQLException {
    fill();
    assertThat(answer("SELECT * FROM messages WHERE author = 'bob'")).hasSize(SENT);
    assertThat(answer("SELECT * FROM audit")).isNotEmpty();
    assertThat(answer("SELECT * FROM unread")).isNotEmpty();
  }

  /** Alice is in the general chat, and has left another one. */
  private void fill() {
    try (Database database = open();
        Hub hub = HubEngine.builder(database.storage()).bans(banSoon()).passwordCost(4).open()) {
      HubClient alice = HubClient.join(hub, "alice").readsByItself().start();
      HubClient bob = HubClient.join(hub, "bob").start();
      HubClient carol = HubClient.join(hub, "carol").readsByItself().start();
      garden = carol.create("Garden").join().id();
      carol.invite(garden, alice.name()).join();
      alice.accept(garden).join();
      alice.leave(garden).join();
      general = alice.status().join().general();
      Entry last = null;
      for (int i = 1; i <= SENT; i++) {
        last = bob.send(general, "No. " + i).join();
        if (i == SENT - 3) {
          carol.markRead(general, last.cursor()).join();
        }
      }
      carol.report(last.event().key(), "Spam").join();
    }
  }

  private static BanPolicy banSoon() {
    return BanPolicy.after(1, Duration.ofHours(1), Duration.ofHours(1));
  }

  static List<String> queries() throws IOException {
    return Pattern.compile("```sql\n(.*?);\n```", Pattern.DOTALL)
        .matcher(Files.readString(Path.of("..", "docs", "storage.md")))
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  private List<List<String>> answer(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(row(result));
      }
      return rows;
    }
  }

  private static List<String> row(ResultSet result) throws SQLException {
    List<String> row = new ArrayList<>();
    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
      row.add(String.valueOf(result.getString(i)));
    }
    return row;
  }
}
