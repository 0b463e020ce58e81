package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.talk.ChatException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither passwords nor what people write get into errors. */
final class ServerSecretsTest {
  private static final String INSERT =
      "INSERT INTO entries (log, place, kind, author, id, time, text)"
          + " VALUES (?, ?, 'message', 'alice', ?, 0, ?)";

  /** Not the servers themselves: JUnit closes parameters. */
  static Stream<Named<Supplier<TestServer>>> servers() {
    return Stream.of(
        Named.of("MariaDB", MariaDbServer::shared), Named.of("PostgreSQL", PostgresServer::shared));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void passwordInTheUrlIsTaken(Supplier<TestServer> server) {
    String url = server.get().url() + "?user=talk&password=";
    Database.open(url + "secret&tcpKeepAlive=true").close();
    Throwable failure = catchThrowable(() -> Database.open(url + "wr%6Fng-one"));
    assertThat(failure).isInstanceOf(ChatException.class).hasMessageContaining("refuses the user");
    assertThat(shown(failure)).doesNotContain("wrong-one", "wr%6Fng-one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mariadb://h/d?password=a%20b%2Bc+d&x=1",
        "jdbc:mysql://h/d?x=1&Password=a%20b%2Bc+d",
        "jdbc:postgresql://h/d?password=a%20b%2Bc+d"
      })
  void passwordIsNoPartOfTheUrlThatDriversGet(String url) {
    var pool = Dialect.of(url).pool(true);
    assertThat(pool.getPassword()).isEqualTo("a b+c+d");
    assertThat(pool.getJdbcUrl()).doesNotContainIgnoringCase("password").doesNotContain("a%20b");
    assertThat(pool.getJdbcUrl().contains("x=1")).isEqualTo(url.contains("x=1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://user:secret@localhost/talk",
        "postgresql://user:secret@localhost/talk",
        " jdbc:postgresql://localhost/talk?password=secret",
        "mariadb:secret",
        "secret+x:y",
        "jdbc:other://user:secret@localhost/talk",
        "jdbc:mariadb://localhost/talk?password=secret%",
        "jdbc:mariadb://localhost/talk?password=secret%1",
        "jdbc:mysql://localhost/talk?password=%zzsecret",
        "jdbc:postgresql://localhost/talk?password=%zzsecret",
        "jdbc:sqlite:talk.db?secret",
        "jdbc:sqlite:talk.db?pass=secret"
      })
  void urlThatIsNoneIsNotShown(String url) {
    ChatException why = catchThrowableOfType(ChatException.class, () -> Database.open(url));
    assertThat(why.code()).isEqualTo(ChatException.Code.INVALID);
    assertThat(shown(why)).doesNotContain("secret").doesNotContain("zz");
  }

  @ParameterizedTest
  @MethodSource("servers")
  void textsThatCannotBeStoredAreNotShown(Supplier<TestServer> server) {
    server.get().clean();
    Throwable failure =
        catchThrowable(() -> server.get().pool().write(ServerSecretsTest::insertTwice));
    assertThat(failure).isInstanceOf(ChatException.class);
    assertThat(shown(failure)).doesNotContain("between us");
  }

  private static int insertTwice(Statements statements) throws SQLException {
    statements.batch(
        INSERT,
        parameters -> {
          for (int place = 1; place <= 2; place++) {
            parameters.number(1).number(place).text("same").text("between us").addBatch();
          }
        });
    return 2;
  }

  private static String shown(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
