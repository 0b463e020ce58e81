package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.Claim;
import chat.talk.Registry;
import chat.talk.UserAddress;
import chat.talk.UserName;
import chat.talk.http.HttpRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A registry that keeps its users in a database, as a process of its own. */
final class RegistryDatabaseTest {
  private static final UserName BOB = UserName.of("bob");
  private static final UserName CAROL = UserName.of("carol");
  private static final UserAddress HOME = UserAddress.http("127.0.0.1", 8080);
  private static final UserAddress AWAY = new UserAddress("WSS", "example.org", 443);
  private static final Claim CLAIM = Claim.of("a-secret");

  @TempDir private Path folder;
  private final Deque<TalkProcess> open = new ArrayDeque<>();

  @AfterEach
  void endThem() {
    open.forEach(TalkProcess::close);
  }

  @Test
  void usersAndClaimsOutliveAKilledRegistry() throws Exception {
    TalkProcess first = start(file());
    Registry registry = client(first);
    await(registry.register(BOB, HOME, CLAIM));
    await(registry.register(CAROL, HOME, Claim.NONE));
    await(registry.update(CAROL, AWAY, Claim.NONE));
    first.kill();
    Registry again = client(start(file()));
    assertThat(await(again.users())).isEqualTo(Map.of(BOB, HOME, CAROL, AWAY));
    assertThatThrownBy(() -> await(again.remove(BOB, Claim.of("another"))))
        .hasMessageContaining("claimed");
    await(again.remove(BOB, CLAIM));
    assertThat(await(again.users())).containsOnlyKeys(CAROL);
  }

  @Test
  void twoRegistriesShareADatabase() throws Exception {
    Registry one = client(start(file()));
    Registry other = client(start(file()));
    await(one.register(BOB, HOME, CLAIM));
    assertThat(await(other.users())).isEqualTo(Map.of(BOB, HOME));
    await(other.remove(BOB, CLAIM));
    assertThat(await(one.users())).isEmpty();
  }

  @Test
  void fileInAFolderThatIsNotThereIsOneClearLine() throws Exception {
    assertRefused(folder.resolve("none/talk.db"), ".*none/talk.db.*");
  }

  @Test
  void whatIsNoDatabaseIsOneClearLine() throws Exception {
    Path text = folder.resolve("text.db");
    Files.writeString(text, "a text that is long enough to be something else. ".repeat(10));
    assertRefused(text, ".*text.db is no SQLite database.*");
    assertThat(Files.readString(text)).startsWith("a text");
  }

  @Test
  void somebodyElsesDatabaseIsOneClearLine() throws Exception {
    Path foreign = folder.resolve("foreign.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + foreign);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE theirs (x)");
    }
    assertRefused(foreign, ".*foreign.db is another program's database");
    assertThat(tables(foreign)).isEqualTo("theirs");
  }

  private static String tables(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        var tables = statement.executeQuery("SELECT group_concat(name) FROM sqlite_schema")) {
      return tables.getString(1);
    }
  }

  private void assertRefused(Path file, String line) throws Exception {
    TalkProcess registry = start(file.toString());
    assertThat(registry.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(registry.restOfErr()).singleElement().asString().matches("talk: " + line);
    assertThat(registry.restOfOut()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "talk.db, talk.db",
    "a?b@c//d@e, a?b@c//d@e",
    "jdbc:mariadb://localhost:3306/talk, jdbc:mariadb://localhost:3306/talk",
    "jdbc:mariadb://localhost/talk?user=a&password=secret, jdbc:mariadb://localhost/talk",
    "jdbc:mariadb://me:secret@localhost/talk?password=secret, jdbc:mariadb://",
    "jdbc:postgresql://me:s?e:c/r;et@h/db, jdbc:postgresql://",
    "jdbc:postgresql://h/db?password=secr@t, jdbc:postgresql://",
    "jdbc:sqlite:/tmp/talk.db?password=secret, jdbc:sqlite:/tmp/talk.db",
    "postgres://me:secret@localhost/talk, postgres://",
    "JDBC:other:x;password=secret, JDBC:other:x"
  })
  void passwordIsNotShown(String place, String shown) {
    assertThat(DatabaseOptions.shown(place)).isEqualTo(shown);
  }

  private String file() {
    return folder.resolve("talk.db").toString();
  }

  private TalkProcess start(String place) throws IOException {
    TalkProcess process =
        TalkProcess.start(
            folder, "registry", "--port", "0", "--check-interval", "1h", "--db", place);
    open.push(process);
    return process;
  }

  private static Registry client(TalkProcess registry) throws InterruptedException {
    return HttpRegistry.at(registry.url());
  }

  private static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }
}
