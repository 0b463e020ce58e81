package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.jdbc.Dialect.Trouble;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the errors of servers mean. */
final class ServerTroubleTest {
  private static final Dialect MARIADB = Dialect.of("jdbc:mariadb://localhost/talk");
  private static final Dialect POSTGRES = Dialect.of("jdbc:postgresql://localhost/talk");

  @ParameterizedTest
  @CsvSource({
    "1205, HY000, PASSING",
    "1213, 40001, PASSING",
    "1053, 08S01, AWAY",
    "1927, 70100, AWAY",
    "1290, HY000, AWAY",
    "4031, HY000, AWAY",
    "0, 08000, AWAY",
    "1062, 23000, REPEAT",
    "1021, HY000, FULL",
    "1114, HY000, FULL",
    "1712, HY000, CORRUPT",
    "1045, 28000, OTHER",
    "1064, 42000, OTHER"
  })
  void errorsOfMariaDbAreUnderstood(int code, String state, Trouble trouble) {
    assertThat(MARIADB.trouble(new SQLException("", state, code))).isEqualTo(trouble);
    SQLException batch = new BatchUpdateException("", null, 0, null);
    batch.initCause(new SQLException("", state, code));
    assertThat(MARIADB.trouble(batch)).isEqualTo(trouble);
  }

  @ParameterizedTest
  @CsvSource({
    "40001, PASSING",
    "40P01, PASSING",
    "57P01, AWAY",
    "57P03, AWAY",
    "08006, AWAY",
    "53300, AWAY",
    "25006, AWAY",
    "23505, REPEAT",
    "53100, FULL",
    "XX001, CORRUPT",
    "28P01, OTHER",
    "42P01, OTHER"
  })
  void errorsOfPostgresAreUnderstood(String state, Trouble trouble) {
    assertThat(POSTGRES.trouble(new SQLException("", state))).isEqualTo(trouble);
  }

  @ParameterizedTest
  @CsvSource({
    "1153, 08S01, Got a packet bigger than 'max_allowed_packet' bytes, OTHER",
    "0, 08000, Packet too big for current server max_allowed_packet value, OTHER",
    "1030, HY000, 'Got error 28 \"No space left on device\" from storage engine InnoDB', FULL",
    "1026, HY000, 'Error writing file (errno: 28 \"No space left on device\")', FULL",
    "1030, HY000, Got error 128 from storage engine InnoDB, OTHER"
  })
  void whatMessagesOfMariaDbSayIsUnderstood(
      int code, String state, String message, Trouble trouble) {
    assertThat(MARIADB.trouble(new SQLException(message, state, code))).isEqualTo(trouble);
  }

  @Test
  void poolThatGetsNoConnectionMeansThatTheServerIsAway() {
    SQLException timeout = new SQLTransientConnectionException("request timed out");
    assertThat(MARIADB.trouble(timeout)).isEqualTo(Trouble.AWAY);
    assertThat(POSTGRES.trouble(timeout)).isEqualTo(Trouble.AWAY);
  }
}
