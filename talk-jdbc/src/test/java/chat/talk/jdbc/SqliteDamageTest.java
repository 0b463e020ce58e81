package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.MessageId;
import chat.talk.Page;
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
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database file that isn't what it was is refused by name, and nothing is lost in silence. */
final class SqliteDamageTest {
  private static final ChatId CHAT = ChatId.of("chat");
  private static final int PAGE = 4096;

  @TempDir Path folder;
  private Path file;
  private Path wal;
  private Path witness;

  @BeforeEach
  void name() {
    file = folder.resolve("talk.db");
    wal = folder.resolve("talk.db-wal");
    witness = folder.resolve("talk.db-commits");
  }

  /** In so many commits. */
  private static void append(Database database, int from, int count) {
    for (int i = from; i < from + count; i++) {
      database.storage().append(List.of(message(i)));
    }
  }

  private static ChatMessage message(int number) {
    MessageId id = MessageId.of("m" + number);
    String text = ("Message " + number + " ").repeat(20);
    return new ChatMessage(CHAT, id, UserName.of("alice"), text, Instant.now());
  }

  private int count() {
    try (Database database = Database.open(file.toString())) {
      return database.storage().readAfter(CHAT, Cursor.START, 10_000).entries().size();
    }
  }

  /** A database that was closed in good order, all of it in the one file. */
  private void fill(int count) throws IOException {
    try (Database database = Database.open(file.toString())) {
      database
          .storage()
          .append(IntStream.range(0, count).mapToObj(SqliteDamageTest::message).toList());
    }
    assertThat(Files.exists(wal) ? Files.size(wal) : 0).isZero();
  }

  /** A database as a kill leaves it, with the latest commits in its -wal. */
  private void fillAndKill(int count) throws IOException {
    Path live = Files.createDirectory(folder.resolve("live"));
    try (Database database = Database.open(live.resolve("talk.db").toString())) {
      append(database, 0, count);
      for (String name : List.of("talk.db", "talk.db-wal", "talk.db-commits")) {
        Files.copy(live.resolve(name), folder.resolve(name));
      }
    }
  }

  private void cut(Path path, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  private void overwrite(long from, int length, int with) throws IOException {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) with);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), from);
    }
  }

  @Test
  void anEntryThatIsMissingAmongOthersIsTold() throws SQLException, IOException {
    fill(10);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM entries WHERE place = 4");
    }
    try (Database database = Database.open(file.toString())) {
      HubStorage storage = database.storage();
      assertThat(storage.readBefore(CHAT, Cursor.END, 6).entries()).hasSize(6);
      assertMissing(() -> storage.readAfter(CHAT, Cursor.START, 100));
      assertMissing(() -> storage.readBefore(CHAT, Cursor.END, 7));
    }
  }

  private static void assertMissing(ThrowingCallable reading) {
    ChatException why = catchThrowableOfType(ChatException.class, reading);
    assertThat(why.code()).isEqualTo(Code.STORAGE);
    assertThat(why).hasMessageContaining("are missing");
  }

  /** Refuses to open, and says which file it is about. */
  private ChatException refusal() {
    ChatException why =
        catchThrowableOfType(ChatException.class, () -> Database.open(file.toString()).close());
    assertThat(why).isNotNull();
    assertThat(why.code()).isEqualTo(Code.STORAGE);
    assertThat(why).hasMessageContaining(file.toString());
    return why;
  }

  @Test
  void aWholeDatabaseIsOpened() throws IOException {
    fillAndKill(30);
    assertThat(count()).isEqualTo(30);
    assertThat(count()).isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 99, 100, 1_000, PAGE - 1, PAGE, 2 * PAGE + 17, 20 * PAGE})
  void aFileCutToThisLengthIsRefused(int length) throws IOException {
    fill(300);
    cut(file, length);
    refusal();
    assertThat(file).hasSize(length);
  }

  @Test
  void aFileThatLacksItsLastByteIsRefused() throws IOException {
    fill(300);
    cut(file, Files.size(file) - 1);
    assertThat(refusal()).hasMessageContaining("cut off");
  }

  @Test
  void aFileThatIsCutBesideItsLogIsRefused() throws IOException {
    fill(300);
    fillMoreAndKill();
    cut(file, Files.size(file) / 2);
    assertThat(refusal()).hasMessageContaining("cut off");
  }

  /** Adds to a database that has much in its file already. */
  private void fillMoreAndKill() throws IOException {
    Path live = Files.createDirectory(folder.resolve("live"));
    for (String name : List.of("talk.db", "talk.db-commits")) {
      Files.move(file.resolveSibling(name), live.resolve(name));
    }
    try (Database database = Database.open(live.resolve("talk.db").toString())) {
      append(database, 300, 3);
      for (String name : List.of("talk.db", "talk.db-wal", "talk.db-commits")) {
        Files.copy(live.resolve(name), folder.resolve(name));
      }
    }
  }

  @Test
  void anEmptiedFileIsRefused() throws IOException {
    fill(10);
    cut(file, 0);
    assertThat(refusal()).hasMessageContaining("is empty, but held");
    Files.delete(witness);
    assertThat(refusal()).hasMessageContaining("is empty");
    assertThat(file).hasSize(0);
  }

  @Test
  void aRemovedFileIsRefusedUntilItsWitnessIsRemovedToo() throws IOException {
    fill(10);
    Files.delete(file);
    assertThat(refusal()).hasMessageContaining("is missing");
    assertThat(file).doesNotExist();
    Files.delete(witness);
    assertThat(count()).isZero();
  }

  @Test
  void aFileThatIsRemovedBesideItsLogIsRefused() throws IOException {
    fillAndKill(10);
    Files.delete(file);
    Files.delete(witness);
    assertThat(refusal()).hasMessageContaining(wal.toString());
  }

  @Test
  void aDatabaseWhoseMakingWasBrokenOffIsMade() throws IOException {
    Witness.open(witness, new Witness.Testimony(7, 0)).close();
    assertThat(count()).isZero();
    Files.delete(file);
    Witness.open(witness, new Witness.Testimony(7, 0)).close();
    Files.createFile(file);
    assertThat(count()).isZero();
  }

  @Test
  void aFolderIsRefused() throws IOException {
    Files.createDirectory(file);
    assertThat(refusal()).hasMessageContaining("folder");
  }

  @Test
  void aTextFileIsRefusedAndStays() throws IOException {
    String text = "This is no database. ".repeat(500);
    Files.writeString(file, text);
    refusal();
    assertThat(file).hasContent(text);
  }

  @Test
  void anotherProgramsDatabaseIsRefusedAndStays() throws IOException, SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.createStatement().execute("CREATE TABLE commits (whose TEXT)");
    }
    byte[] before = Files.readAllBytes(file);
    assertThat(refusal()).hasMessageContaining("another program");
    assertThat(file).hasBinaryContent(before);
    assertThat(witness).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 16, 68, 100})
  void anOverwrittenHeaderIsRefused(int from) throws IOException {
    fill(300);
    overwrite(from, 4, 0x3f);
    refusal();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0x3f, 0xff})
  void anOverwrittenPageIsRefused(int with) throws IOException {
    fill(600);
    byte[] whole = Files.readAllBytes(file);
    int pages = whole.length / PAGE;
    for (int page : IntStream.range(1, pages).filter(i -> i % 9 == 1).toArray()) {
      Files.write(file, whole);
      overwrite((long) page * PAGE, PAGE, with);
      assertThat(refusal()).hasMessageContaining("damaged");
    }
  }

  @Test
  void aRemovedLogIsNoticed() throws IOException {
    fillAndKill(20);
    Files.delete(wal);
    assertThat(refusal()).hasMessageContaining("lost");
    assertThat(refusal()).hasMessageContaining("lost");
  }

  @Test
  void aRemovedLogThatIsBroughtBackHasLostNothing() throws IOException {
    fillAndKill(20);
    byte[] kept = Files.readAllBytes(wal);
    Files.delete(wal);
    refusal();
    Files.write(wal, kept);
    assertThat(count()).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.5, 0.9, 0.999})
  void aCutLogIsNoticed(double part) throws IOException {
    fillAndKill(60);
    cut(wal, (long) (part * Files.size(wal)));
    assertThat(refusal()).hasMessageContaining("lost");
  }

  @Test
  void whatIsLostIsGivenUpByRemovingTheWitness() throws IOException {
    fillAndKill(60);
    cut(wal, Files.size(wal) / 2);
    refusal();
    Files.delete(witness);
    assertThat(count()).isLessThan(60);
    assertThat(count()).isLessThan(60);
  }

  @Test
  void aCopyWithoutTheWitnessIsOpened() throws IOException {
    fill(20);
    Files.delete(witness);
    assertThat(count()).isEqualTo(20);
    assertThat(witness).exists();
  }

  @Test
  void aWitnessOfAnotherDatabaseSaysNothing() throws IOException {
    fill(20);
    Witness.open(witness, new Witness.Testimony(7, 1_000_000)).close();
    assertThat(count()).isEqualTo(20);
    assertThat(Witness.read(witness).orElseThrow().number()).isLessThan(1_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 24})
  void aWitnessThatAPowerCutHasLeftUnwrittenSaysNothing(int length) throws IOException {
    fill(20);
    Files.write(witness, new byte[length]);
    assertThat(count()).isEqualTo(20);
  }

  @Test
  void aWitnessThatIsBehindIsBroughtUpToDate() throws IOException {
    fill(20);
    byte[] old = Files.readAllBytes(witness);
    try (Database database = Database.open(file.toString())) {
      append(database, 20, 5);
    }
    byte[] exact = Files.readAllBytes(witness);
    Files.write(witness, old);
    assertThat(count()).isEqualTo(25);
    assertThat(witness).hasBinaryContent(exact);
  }

  @Test
  void anOlderCopyPutInPlaceIsNoticed() throws IOException {
    fill(20);
    byte[] old = Files.readAllBytes(file);
    try (Database database = Database.open(file.toString())) {
      append(database, 20, 5);
    }
    Files.write(file, old);
    assertThat(refusal()).hasMessageContaining("lost");
  }

  private Cursor head() {
    try (Database database = Database.open(file.toString())) {
      return database.storage().head(CHAT);
    }
  }

  private Page readAfter(Cursor cursor) {
    try (Database database = Database.open(file.toString())) {
      return database.storage().readAfter(CHAT, cursor, 10_000);
    }
  }

  @Test
  void whoHasSeenWhatIsGivenUpIsToldThatItIsLost() throws IOException {
    fill(20);
    byte[] old = Files.readAllBytes(file);
    try (Database database = Database.open(file.toString())) {
      database.storage().savePosition(UserName.of("bob"), CHAT, database.storage().head(CHAT));
      append(database, 20, 5);
    }
    Cursor lost = head();
    Files.write(file, old);
    refusal();
    Files.delete(witness);
    try (Database database = Database.open(file.toString())) {
      append(database, 100, 10);
    }
    Page page = readAfter(lost);
    assertThat(page.lost()).isTrue();
    assertThat(readAfter(Cursor.START).entries()).hasSize(30);
    assertThat(readAfter(head()).lost()).isFalse();
  }

  @Test
  void aDatabaseThatHasItsWitnessKeepsItsCursors() throws IOException {
    fill(20);
    Cursor head = head();
    assertThat(readAfter(head).lost()).isFalse();
    assertThat(head()).isEqualTo(head);
  }

  @Test
  void whatIsStoredAboutLogsGoesOnInTheirNewLives() throws IOException {
    fill(20);
    UserName bob = UserName.of("bob");
    Cursor before = head();
    try (Database database = Database.open(file.toString())) {
      database.storage().savePosition(bob, CHAT, before);
    }
    Witness.open(witness, new Witness.Testimony(7, 1_000_000)).close();
    try (Database database = Database.open(file.toString())) {
      Cursor head = database.storage().head(CHAT);
      assertThat(head.epoch()).isNotEqualTo(before.epoch());
      assertThat(head.sequence()).isEqualTo(before.sequence());
      assertThat(database.storage().position(bob, CHAT)).isEqualTo(head);
    }
    assertThat(Witness.read(witness).orElseThrow().identity()).isNotEqualTo(7);
  }

  @Test
  void whoOnlyReadsLeavesTheLossToTheNextHub() throws IOException {
    fill(20);
    Cursor before = head();
    Files.delete(witness);
    Database.open(file.toString()).close();
    assertThat(witness).doesNotExist();
    assertThat(readAfter(before).lost()).isTrue();
    assertThat(witness).exists();
  }

  @Test
  void whatMembersMayReadGoesOnInTheNewLife() throws SQLException, IOException {
    fill(20);
    Cursor before = head();
    sql("INSERT INTO members VALUES ('chat', 'bob', '%1$s..%1$s %1$s..', 0, 0)".formatted(before));
    Files.delete(witness);
    Cursor head = head();
    assertThat(sql("SELECT ranges FROM members")).isEqualTo("%1$s..%1$s %1$s..".formatted(head));
  }

  @Test
  void aNewerSchemaIsRefused() throws SQLException, IOException {
    fill(1);
    sql("UPDATE flyway_schema_history SET version = '999'");
    ChatException why =
        catchThrowableOfType(ChatException.class, () -> Database.open(file.toString()));
    assertThat(why).hasMessageContaining("schema 999");
    assertThat(why.code()).isEqualTo(Code.STORAGE);
  }

  /** The first thing that comes of it, or null. */
  private String sql(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      return statement.execute(sql) ? statement.getResultSet().getString(1) : null;
    }
  }
}
