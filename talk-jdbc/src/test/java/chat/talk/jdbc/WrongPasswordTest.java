package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever may not open a database is told so, and nobody is told the password. */
final class WrongPasswordTest {
  private static final String WRONG = "wrong-pa55word";

  @Test
  void wrongPasswordIsAClearErrorThatDoesNotShowIt() {
    for (TestServer server :
        List.of(MariaDbServer.shared(), MySqlServer.shared(), PostgresServer.shared())) {
      assertRefused(server.database().password(WRONG));
      assertRefused(Database.builder(server.url() + "?user=somebody&password=" + WRONG));
    }
  }

  private static void assertRefused(DatabaseBuilder database) {
    ChatException refusal = catchThrowableOfType(ChatException.class, database::open);
    assertThat(refusal.code()).isEqualTo(Code.STORAGE);
    assertThat(refusal).hasMessageMatching(".* refuses (the user|user [a-z]+): .*");
    StringWriter trace = new StringWriter();
    refusal.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain(WRONG);
  }

  @Test
  void urlThatMakesNoSenseIsAClearErrorThatDoesNotShowThePassword() {
    for (String url : List.of("jdbc:mariadb:nonsense?password=", "jdbc:oracle:x?password=")) {
      ChatException refusal =
          catchThrowableOfType(ChatException.class, () -> Database.open(url + WRONG));
      assertThat(refusal.code()).isIn(Code.INVALID, Code.STORAGE);
      assertThat(refusal).hasMessageNotContaining(WRONG);
    }
  }
}
