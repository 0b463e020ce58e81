package chat.talk.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.room.Outbox.Kept;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class FileOutboxTest {
  private static final UserName BOB = UserName.of("bob");
  private static final Token TOKEN = Token.of("a-token-of-22-characters");
  private static final Login LOGIN = new Login.NewUser(BOB, TOKEN);
  private static final MessageKey ABOUT = new MessageKey(BOB, MessageId.of("a:b~c"));

  private static final List<Command<?>> ALL_KINDS =
      List.of(
          new Command.Send(new Draft(MessageId.of("m1"), ChatId.of("general"), "Hello")),
          new Command.Send(new Draft(MessageId.of("m2"), BOB, "")),
          new Command.Send(new Draft(MessageId.of("m3"), BOB, "ключ 🗝\u0000\n").about(ABOUT)),
          new Command.Schedule(new Draft(MessageId.of("m4"), BOB, "later"), Instant.MAX),
          new Command.Edit(MessageId.of("m1"), "Hello!"),
          new Command.Erase(MessageId.of("m2")));

  @TempDir Path folder;
  private Path file;
  private Outbox outbox;

  @BeforeEach
  void begin() {
    file = folder.resolve("outbox");
    outbox = Outbox.file(file);
  }

  @AfterEach
  void end() {
    close(outbox);
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw ChatException.of(e);
    }
  }

  private static void close(Outbox outbox) {
    await(outbox.close());
  }

  private static CompletableFuture<Long> put(Outbox outbox, Command<?> command) {
    CompletableFuture<Long> number = new CompletableFuture<>();
    outbox.put(
        command,
        (taken, failure) -> {
          if (failure == null) {
            number.complete(taken);
          } else {
            number.completeExceptionally(failure);
          }
        });
    return number;
  }

  private static Command<?> send(int number, String text) {
    return new Command.Send(new Draft(MessageId.of("m" + number), ChatId.of("general"), text));
  }

  private static List<Command<?>> sends(int from, int upTo) {
    return IntStream.range(from, upTo).<Command<?>>mapToObj(i -> send(i, "text " + i)).toList();
  }

  private void keep(List<Command<?>> commands) {
    outbox.open(LOGIN);
    commands.stream().map(command -> put(outbox, command)).toList().forEach(FileOutboxTest::await);
    close(outbox);
  }

  private List<Command<?>> left() {
    List<Command<?>> left = new ArrayList<>();
    outbox.open(LOGIN).stream().map(Kept::command).forEach(left::add);
    return left;
  }

  private List<Command<?>> leftOnce() {
    try {
      return left();
    } finally {
      close(outbox);
    }
  }

  private void assertRefused(Code code, Login login, String... parts) {
    assertThatThrownBy(() -> outbox.open(login))
        .isInstanceOf(ChatException.class)
        .hasFieldOrPropertyWithValue("code", code)
        .hasMessageContainingAll(parts);
  }

  @Test
  void everyKindOfWhatIsKeptComesBackInTheOldOrder() {
    keep(ALL_KINDS);
    assertThat(left()).isEqualTo(ALL_KINDS);
    assertThat(outbox.waiting()).isEqualTo(ALL_KINDS);
  }

  @Test
  void aDraftIsKeptWithAllOfItsParts() {
    assertThat(Draft.class.getRecordComponents())
        .as("a new part needs a field in OutboxRecord, or it gets lost")
        .extracting(part -> part.getName())
        .containsExactly("id", "to", "text", "about", "attachment");
  }

  @Test
  void whatWasAnsweredDoesNotComeBack() {
    outbox.open(LOGIN);
    List<Long> numbers = ALL_KINDS.stream().map(command -> await(put(outbox, command))).toList();
    outbox.remove(numbers.get(0));
    outbox.remove(numbers.get(2));
    outbox.remove(numbers.get(2));
    outbox.remove(4711);
    List<Command<?>> left = new ArrayList<>(ALL_KINDS);
    left.remove(2);
    left.remove(0);
    assertThat(outbox.waiting()).isEqualTo(left);
    close(outbox);
    assertThat(left()).isEqualTo(left);
    assertThat(await(put(outbox, send(9, "new")))).isGreaterThan(numbers.get(5));
  }

  @Test
  void questionsWaitInTheirTurnAndAreNotKept() {
    outbox.open(LOGIN);
    List<CompletableFuture<Long>> taken = new ArrayList<>();
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String name = "number " + i;
      Command<?> command = i % 3 == 0 ? new Command.Chats() : send(i, name);
      CompletableFuture<Long> done = new CompletableFuture<>();
      taken.add(done);
      outbox.put(
          command,
          (number, failure) -> {
            order.add(name);
            done.complete(number);
          });
    }
    taken.forEach(FileOutboxTest::await);
    assertThat(order).isEqualTo(IntStream.range(0, 100).mapToObj(i -> "number " + i).toList());
    assertThat(outbox.waiting()).hasSize(66);
    assertThat(taken.get(0).join()).isZero();
  }

  @Test
  void savedTellsThatAllBeforeIsInTheFile() {
    outbox.open(LOGIN);
    for (int i = 0; i < 50; i++) {
      put(outbox, send(i, "text"));
      await(outbox.saved());
      assertThat(Outbox.file(file).waiting()).hasSize(i + 1);
    }
  }

  @Test
  void aFileTornAnywhereHasWhatWasWrittenToTheEnd() throws IOException {
    keep(sends(0, 0));
    int begin = (int) Files.size(file);
    keep(sends(0, 5));
    byte[] all = Files.readAllBytes(file);
    int each = (all.length - begin) / 5;
    for (int size = begin; size <= all.length; size++) {
      Files.write(file, Arrays.copyOf(all, size));
      int whole = (size - begin) / each;
      assertThat(Outbox.file(file).waiting()).isEqualTo(sends(0, whole));
      keep(sends(90, 91));
      List<Command<?>> left = new ArrayList<>(sends(0, whole));
      left.addAll(sends(90, 91));
      assertThat(leftOnce()).isEqualTo(left);
    }
  }

  @Test
  void aDamagedFileIsRefusedByNameAndLeftAsItIs() throws IOException {
    keep(sends(0, 4));
    byte[] all = Files.readAllBytes(file);
    keep(sends(4, 5));
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < all.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] = (byte) (damaged[at] ^ (1 << (at % 8)));
      Files.write(file, damaged);
      assertRefused(Code.STORAGE, LOGIN, file.toString());
      assertThatThrownBy(outbox::waiting).hasMessageContaining(file.toString());
      assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }
  }

  @Test
  void aDamagedLastRecordIsTakenForATornOne() throws IOException {
    keep(sends(0, 4));
    int size = (int) Files.size(file);
    keep(sends(4, 5));
    byte[] whole = Files.readAllBytes(file);
    for (int at = size; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] = (byte) (damaged[at] ^ (1 << (at % 8)));
      Files.write(file, damaged);
      assertThat(leftOnce()).isEqualTo(sends(0, 4));
    }
  }

  @Test
  void whatIsNoOutboxIsRefusedAndLeftAsItIs() throws IOException {
    for (String other : List.of("Dear diary", "TALKOUT", "TALKOUT\u0002", "\u0000")) {
      Files.writeString(file, other);
      if (!other.equals("TALKOUT")) {
        assertRefused(Code.STORAGE, LOGIN, file.toString());
        assertThat(file).hasContent(other);
      }
    }
    Files.delete(file);
    Files.createDirectory(file);
    assertRefused(Code.STORAGE, LOGIN, file.toString());
  }

  @Test
  void recordsOfANewerVersionAreNotSkipped() throws IOException {
    byte[] unknownKind = {9};
    byte[] unknownField = {3, 2, 0, 0, 0, 1, '7', 99, 0, 0, 0, 0};
    byte[] unknownCommand = {2, 2, 0, 0, 0, 1, '7', 3, 0, 0, 0, 1, 'x'};
    byte[] shortField = {3, 2, 0, 0, 0, 99, '7'};
    keep(sends(0, 1));
    byte[] before = Files.readAllBytes(file);
    for (byte[] record : List.of(unknownKind, unknownField, unknownCommand, shortField)) {
      byte[] frame = OutboxFrames.frame(record);
      byte[] all = Arrays.copyOf(before, before.length + frame.length);
      System.arraycopy(frame, 0, all, before.length, frame.length);
      Files.write(file, all);
      assertRefused(Code.STORAGE, LOGIN, file.toString(), "newer");
    }
  }

  @Test
  void anEmptyFileIsANewOutbox() throws IOException {
    Files.createFile(file);
    keep(sends(0, 1));
    assertThat(leftOnce()).isEqualTo(sends(0, 1));
  }

  @Test
  void aFileBelongsToOneDevice() {
    keep(sends(0, 1));
    String name = file.toString();
    assertRefused(Code.CONFLICT, new Login.Known(Token.random()), name, "another device", "bob");
    assertRefused(Code.CONFLICT, new Login.NewUser(UserName.of("eve"), TOKEN), name, "bob");
    for (Login same : List.of(new Login.Known(TOKEN), new Login.Password(BOB, "secret12", TOKEN))) {
      assertThat(outbox.open(same)).hasSize(1);
      close(outbox);
    }
  }

  @Test
  void theFileTellsNoSecretOfTheDevice() throws IOException {
    keep(sends(0, 1));
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
        .doesNotContain(TOKEN.secret());
  }

  @Test
  void oneClientHasTheFileAtATime() {
    outbox.open(LOGIN);
    Outbox other = Outbox.file(folder.resolve("../" + folder.getFileName() + "/outbox"));
    for (Outbox each : List.of(outbox, other)) {
      assertThatThrownBy(() -> each.open(LOGIN))
          .hasFieldOrPropertyWithValue("code", Code.CONFLICT)
          .hasMessageContaining("in use");
    }
    await(put(outbox, send(1, "text")));
    close(outbox);
    assertThat(other.open(LOGIN)).hasSize(1);
    close(other);
  }

  @Test
  void aRefusedFileIsNotKeptFromOthers() throws IOException {
    Files.writeString(file, "Dear diary");
    assertRefused(Code.STORAGE, LOGIN, "no outbox");
    Files.delete(file);
    assertThat(left()).isEmpty();
  }

  @Test
  void whereNoFileCanBeNoneIsOpened() {
    outbox = Outbox.file(folder.resolve("missing/outbox"));
    assertRefused(Code.STORAGE, LOGIN, "missing");
    assertThatThrownBy(() -> Outbox.file(folder.getRoot()))
        .hasFieldOrPropertyWithValue("code", Code.INVALID);
  }

  @Test
  void nothingIsKeptAfterTheEnd() {
    keep(sends(0, 1));
    CompletableFuture<Long> late = put(outbox, send(1, "late"));
    assertThatThrownBy(() -> await(late)).hasFieldOrPropertyWithValue("code", Code.CLOSED);
    outbox.remove(1);
    close(outbox);
    await(outbox.saved());
    assertThat(leftOnce()).isEqualTo(sends(0, 1));
  }

  @Test
  void aLongLifeLeavesASmallFile() throws IOException {
    outbox.open(LOGIN);
    await(put(outbox, send(0, "kept")));
    for (int i = 1; i <= 200; i++) {
      List<CompletableFuture<Long>> group =
          IntStream.range(0, 50).mapToObj(n -> put(outbox, send(1, "word ".repeat(100)))).toList();
      group.forEach(number -> outbox.remove(await(number)));
    }
    await(outbox.saved());
    assertThat(Files.size(file)).isLessThan(1_000_000);
    close(outbox);
    assertThat(left()).containsExactly(send(0, "kept"));
    try (var files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("outbox", "outbox.lock");
    }
  }

  @Test
  void aFullOutboxTakesInNoMoreUntilThereIsRoom() {
    close(outbox);
    outbox = new FileOutbox(file, 1000);
    outbox.open(LOGIN);
    long first = await(put(outbox, send(1, "x".repeat(600))));
    CompletableFuture<Long> refused = put(outbox, send(2, "x".repeat(600)));
    assertThatThrownBy(() -> await(refused)).hasFieldOrPropertyWithValue("code", Code.OVERLOADED);
    CompletableFuture<Long> huge = put(outbox, send(2, "x".repeat(1001)));
    assertThatThrownBy(() -> await(huge)).hasFieldOrPropertyWithValue("code", Code.TOO_LARGE);
    outbox.remove(first);
    await(put(outbox, send(3, "x".repeat(600))));
    assertThat(outbox.waiting()).containsExactly(send(3, "x".repeat(600)));
  }

  @Test
  void halfASurrogatePairIsRefusedAndNotKeptAsSomethingElse() {
    outbox.open(LOGIN);
    CompletableFuture<Long> bad = put(outbox, new Command.Edit(MessageId.of("m"), "\uD83D"));
    assertThatThrownBy(() -> await(bad)).hasFieldOrPropertyWithValue("code", Code.INVALID);
    assertThat(outbox.waiting()).isEmpty();
  }

  @Test
  void damageIsSoughtInOnePassHoweverLongTheFile() {
    ByteBuffer file = ByteBuffer.allocate(4 << 20);
    file.put(OutboxFrames.HEADER);
    while (file.remaining() > 4) {
      file.putInt(1 << 20); // As the length of a large record everywhere.
    }
    assertThat(OutboxFrames.find(file.rewind()).end()).isEqualTo(OutboxFrames.HEADER.length);
  }
}
