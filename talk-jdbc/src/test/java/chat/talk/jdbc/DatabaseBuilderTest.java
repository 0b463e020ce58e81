package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a database can't be set up with is refused at once. */
final class DatabaseBuilderTest {
  @TempDir Path folder;

  private DatabaseBuilder builder() {
    return Database.builder(folder.resolve("talk.db").toString());
  }

  private static void assertInvalid(ThrowingCallable call) {
    ChatException why = catchThrowableOfType(ChatException.class, call);
    assertThat(why).isNotNull();
    assertThat(why.code()).isEqualTo(Code.INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-0.001S", "PT1H0.001S", "PT2562047788015H", "P100000000D"})
  void patienceIsFromZeroToAnHour(String patience) {
    assertInvalid(() -> builder().patience(Duration.parse(patience)));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 101, Integer.MAX_VALUE})
  void readersAreFrom1To100(int count) {
    assertInvalid(() -> builder().readers(count));
  }

  @Test
  void theMostIsAllowed() {
    builder().readers(100).patience(Duration.ofHours(1)).open().close();
    assertThat(builder().readers(1).patience(Duration.ZERO).patience).isZero();
  }

  @Test
  void usersAndPasswordsAreNothingToAFile() {
    builder().user("alice").password("secret").open().close();
    Database.open(builder().urlOrPath).close();
  }
}
