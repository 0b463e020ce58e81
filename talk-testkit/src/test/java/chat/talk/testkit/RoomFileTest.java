package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.room.Attachment;
import chat.talk.room.Blob;
import chat.talk.room.ByteSource;
import chat.talk.room.Command;
import chat.talk.room.FileUpload.Kind;
import chat.talk.room.HubClient;
import chat.talk.room.Progress;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a client does about a hub that breaks off, forgets or lies, while files come and go. */
final class RoomFileTest extends RoomFixture {
  private static final byte[] BYTES = new byte[150_000];

  static {
    new Random(7).nextBytes(BYTES);
  }

  private final ByteArrayOutputStream got = new ByteArrayOutputStream();

  private ScriptedTransfers files() {
    return session().files;
  }

  private CompletableFuture<Blob> upload(HubClient client) {
    CompletableFuture<Blob> answer = client.upload(Kind.FILE, ByteSource.of(BYTES), Progress.NONE);
    executor.run();
    return answer;
  }

  private CompletableFuture<Attachment> download(HubClient client) {
    CompletableFuture<Attachment> answer =
        client.download(draftKey(), Channels.newChannel(got), Progress.NONE);
    executor.run();
    return answer;
  }

  private static MessageKey draftKey() {
    return new MessageKey(ALICE, draft(1).id());
  }

  private void answerWrites(int count) {
    for (int i = 0; i < count; i++) {
      files().answerWrite();
      executor.run();
    }
  }

  @Test
  void nextPieceWaitsUntilTheLastOneWasTaken() {
    HubClient client = open();
    CompletableFuture<Blob> answer = upload(client);
    assertThat(files().received()).hasSize(1 << 16);
    answerWrites(3);
    assertThat(files().received()).isEqualTo(BYTES);
    assertThat(answer).isNotDone();
    files().answerFinish();
    executor.run();
    assertThat(answer).isCompletedWithValue(ScriptedTransfers.blob(BYTES));
    assertThat(files().isClosed()).isTrue();
  }

  @Test
  void uploadThatIsNotAnsweredInTimeBeginsAgain() {
    HubClient client = open();
    CompletableFuture<Blob> answer = upload(client);
    answerWrites(1);
    advance(TIMEOUT);
    assertThat(files().isClosed()).as("a slow line takes its time").isFalse();
    advance(TIMEOUT.multipliedBy(19));
    assertThat(files().isClosed()).isTrue();
    assertThat(files().uploads).isEqualTo(1);
    advance(Duration.ofSeconds(1));
    assertThat(files().uploads).isEqualTo(2);
    answerWrites(3);
    files().answerFinish();
    executor.run();
    assertThat(answer).isCompletedWithValue(ScriptedTransfers.blob(BYTES));
  }

  @Test
  void uploadBeginsAgainOverTheNextSession() {
    HubClient client = open();
    CompletableFuture<Blob> answer = upload(client);
    answerWrites(2);
    ScriptedTransfers before = files();
    session().end(Code.UNREACHABLE);
    before.fail(Code.UNREACHABLE);
    comeBack();
    assertThat(files()).isNotSameAs(before);
    answerWrites(3);
    files().answerFinish();
    executor.run();
    assertThat(answer).isCompletedWithValue(ScriptedTransfers.blob(BYTES));
  }

  @Test
  void hubThatHasGotOtherBytesIsNotBelieved() {
    HubClient client = open();
    CompletableFuture<Blob> answer = upload(client);
    answerWrites(3);
    files().answerFinish(new Blob(ScriptedTransfers.blob(new byte[1]).digest(), BYTES.length));
    executor.run();
    assertThat(Await.code(answer)).isEqualTo(Code.BAD_ANSWER);
  }

  @Test
  void clientThatGetsPiecesComesBackAsSoonAsAfterTheFirstBreak() {
    HubClient client = open();
    CompletableFuture<Attachment> answer = download(client);
    int piece = 10_000;
    for (int from = 0; from < BYTES.length; from += piece) {
      files().open(attachment(BYTES));
      executor.run();
      files().give(Arrays.copyOfRange(BYTES, from, from + piece));
      executor.run();
      ScriptedTransfers before = files();
      session().end(Code.UNREACHABLE);
      before.fail(Code.UNREACHABLE);
      advance(Duration.ofMillis(100));
      assertThat(files()).isNotSameAs(before);
    }
    files().open(attachment(BYTES));
    executor.run();
    files().give(null);
    executor.run();
    assertThat(answer).isCompletedWithValue(attachment(BYTES));
    assertThat(got.toByteArray()).isEqualTo(BYTES);
  }

  @Test
  void downloadGoesOnOverTheNextSession() {
    HubClient client = open();
    CompletableFuture<Attachment> answer = download(client);
    files().open(attachment(BYTES));
    executor.run();
    files().give(Arrays.copyOf(BYTES, 60_000));
    executor.run();
    ScriptedTransfers before = files();
    session().end(Code.UNREACHABLE);
    before.fail(Code.UNREACHABLE);
    comeBack();
    assertThat(files().offset).isEqualTo(60_000);
    files().open(attachment(BYTES));
    executor.run();
    files().give(Arrays.copyOfRange(BYTES, 60_000, BYTES.length));
    executor.run();
    files().give(null);
    executor.run();
    assertThat(answer).isCompletedWithValue(attachment(BYTES));
    assertThat(got.toByteArray()).isEqualTo(BYTES);
    assertThat(files().isClosed()).isTrue();
  }

  private static Attachment attachment(byte[] bytes) {
    return new Attachment("a", "text/plain", ScriptedTransfers.blob(bytes));
  }

  @Test
  void bytesThatAreNotThoseOfTheDigestAreRefused() {
    for (byte[] wrong : new byte[][] {{1, 2, 4}, {1, 2}, {1, 2, 3, 4}, {}}) {
      HubClient client = open();
      CompletableFuture<Attachment> answer = download(client);
      files().open(attachment(new byte[] {1, 2, 3}));
      executor.run();
      files().give(wrong);
      executor.run();
      files().give(null);
      executor.run();
      assertThat(Await.code(answer)).isEqualTo(Code.BAD_ANSWER);
    }
  }

  @Test
  void messageThatCarriesSomethingElseAfterABreakIsRefused() {
    HubClient client = open();
    CompletableFuture<Attachment> answer = download(client);
    files().open(attachment(BYTES));
    executor.run();
    files().fail(Code.UNREACHABLE);
    executor.run();
    advance(Duration.ofSeconds(1));
    files().open(attachment(new byte[1]));
    executor.run();
    assertThat(Await.code(answer)).isEqualTo(Code.BAD_ANSWER);
  }

  @Test
  void fileThatTheHubHasForgottenIsUploadedOnceMore() {
    HubClient client = open();
    CompletableFuture<Entry> answer =
        client.sendFile(draft(1), "a", "text/plain", ByteSource.of(BYTES), Progress.NONE);
    executor.run();
    for (int i = 0; i < 2; i++) {
      answerWrites(3);
      files().answerFinish();
      executor.run();
      assertThat(session().commands())
          .hasSize(i + 1)
          .last()
          .isEqualTo(new Command.Send(draft(1).attach(attachment(BYTES))));
      if (i == 0) {
        session().asked().get(i).fail(Code.NOT_FOUND);
        executor.run();
      }
    }
    session().asked().get(1).fail(Code.NOT_FOUND);
    executor.run();
    assertThat(Await.code(answer)).isEqualTo(Code.NOT_FOUND);
    assertThat(files().uploads).isEqualTo(2);
  }
}
