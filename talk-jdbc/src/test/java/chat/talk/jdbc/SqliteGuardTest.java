package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.room.HubStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damage that shows only when a database is in use ends all writing, and never looks like less. */
final class SqliteGuardTest {
  private static final ChatId CHAT = ChatId.of("chat");
  private static final int MESSAGES = 2_000;
  private static final int PAGE = 4096;

  @TempDir Path folder;
  private Path file;
  private String url;

  @BeforeEach
  void fill() {
    file = folder.resolve("talk.db");
    url = "jdbc:sqlite:" + file;
    try (Database database = Database.open(file.toString())) {
      database
          .storage()
          .append(IntStream.range(0, MESSAGES).mapToObj(SqliteGuardTest::message).toList());
    }
  }

  private static ChatMessage message(int number) {
    MessageId id = MessageId.of("m" + number);
    String text = ("Message " + number + " ").repeat(20);
    return new ChatMessage(CHAT, id, UserName.of("alice"), text, Instant.now());
  }

  /** Overwrites all but the first pages, where the names of the tables are. */
  private void damage() throws IOException {
    int from = 60 * PAGE;
    damage(from, (int) Files.size(file) - from);
  }

  private void damage(int from, int length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(length), from);
    }
  }

  private void assertRefused(ThrowingCallable call) {
    ChatException why = catchThrowableOfType(ChatException.class, call);
    assertThat(why)
        .isNotNull()
        .hasMessageContaining(file.toString())
        .hasMessageContaining("damaged");
    assertThat(why.code()).isEqualTo(Code.STORAGE);
  }

  @Test
  void whoReadsDamagedPagesIsToldAndNothingIsWrittenAnyMore() throws IOException {
    try (Database database = Database.open(file.toString())) {
      HubStorage storage = database.storage();
      damage();
      assertRefused(() -> storage.readAfter(CHAT, Cursor.START, MESSAGES));
      assertRefused(() -> storage.append(List.of(message(MESSAGES))));
      assertThat(storage.head(CHAT).sequence()).isEqualTo(MESSAGES);
    }
  }

  @Test
  void aCheckThatGoesOnAfterOpeningFindsDamage() throws Exception {
    damage();
    CompletableFuture<String> found = new CompletableFuture<>();
    try (SqliteCheck check = SqliteCheck.start(url, found::complete)) {
      assertThat(found.get(20, TimeUnit.SECONDS)).isNotBlank();
    }
  }

  @Test
  void aCheckThatIsBrokenOffFindsNothing() {
    CompletableFuture<String> found = new CompletableFuture<>();
    SqliteCheck.start(url, found::complete).close();
    assertThat(found).isNotDone();
  }

  @Test
  void whatACheckFindsLaterEndsAllWriting() {
    SqliteGuard guard = new SqliteGuard(url, new SqliteFile(file), Duration.ZERO);
    guard.requireSound();
    guard.damaged("something is wrong");
    assertRefused(guard::requireSound);
  }

  @Test
  void theWitnessCountsEachCommit() throws IOException {
    Path witness = folder.resolve("talk.db-commits");
    try (Database database = Database.open(file.toString())) {
      long before = Witness.read(witness).orElseThrow().number();
      for (int i = 0; i < 3; i++) {
        database.storage().append(List.of(message(MESSAGES + i)));
        assertThat(Witness.read(witness).orElseThrow().number()).isEqualTo(before + i + 1);
      }
    }
  }

  @Test
  void anInterruptDoesNotEndTheWitness() {
    Path path = folder.resolve("witness");
    try (Witness witness = Witness.open(path, new Witness.Testimony(7, 0))) {
      Thread.currentThread().interrupt();
      witness.note(1);
      assertThat(Thread.interrupted()).isTrue();
      witness.note(2);
    }
    assertThat(Witness.read(path)).contains(new Witness.Testimony(7, 2));
  }

  @Test
  @Timeout(30)
  void damageThatIsFoundAfterOpeningEndsAllWriting() throws IOException {
    damage(60 * PAGE, 5 * PAGE);
    try (Database database = openBeforeTheCheck()) {
      HubStorage storage = database.storage();
      while (!isDamaged(database)) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      }
      ChatException why =
          catchThrowableOfType(
              ChatException.class, () -> storage.append(List.of(message(MESSAGES))));
      assertThat(why).hasMessageContaining("nothing more is written");
    }
  }

  /** Unless the check was quicker. */
  private Database openBeforeTheCheck() {
    while (true) {
      try {
        return Database.open(Database.builder(url), new Sqlite(url, Duration.ZERO));
      } catch (ChatException e) {
        assertThat(e).hasMessageContaining("is damaged");
      }
    }
  }

  private static boolean isDamaged(Database database) {
    try {
      database.pool().guard().requireSound();
      return false;
    } catch (ChatException e) {
      return true;
    }
  }

  @Test
  void aCheckThatSomebodyIsInTheWayOfIsTriedAgain() throws Exception {
    damage();
    CompletableFuture<String> found = new CompletableFuture<>();
    try (Connection other = DriverManager.getConnection(url + "?locking_mode=EXCLUSIVE")) {
      other.createStatement().execute("CREATE TABLE more (number)");
      try (SqliteCheck check = SqliteCheck.start(url + "?busy_timeout=1", found::complete)) {
        check.await(Duration.ofMillis(300));
        other.close();
        assertThat(found.get(20, TimeUnit.SECONDS)).isNotBlank();
      }
    }
  }
}
