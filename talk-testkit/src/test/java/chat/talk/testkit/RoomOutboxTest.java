package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatClient.State;
import chat.talk.ChatException.Code;
import chat.talk.MessageId;
import chat.talk.Notice;
import chat.talk.room.Command;
import chat.talk.room.HubClient;
import chat.talk.room.Outbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RoomOutboxTest extends RoomFixture {
  @TempDir Path folder;
  private Outbox outbox;
  private HubClient client;

  @BeforeEach
  void begin() {
    outbox = Outbox.file(folder.resolve("outbox"));
  }

  @AfterEach
  void end() {
    if (client != null) {
      end(client);
    }
  }

  private void begin(boolean connected) {
    hub.letsIn = connected;
    client = bob().outbox(outbox).open();
    executor.run();
  }

  /** Ends one that may not be connected, without waiting for answers. */
  private void end(HubClient ending) {
    CompletableFuture<Void> stopped = ending.stop();
    Await.until(
        "the end",
        () -> {
          advance(GRACE);
          return stopped.isDone();
        });
  }

  private void saved() {
    Await.result(outbox.saved());
    executor.run();
  }

  /** Another life of the same application. */
  private void restart(boolean connected) {
    end(client);
    begin(connected);
  }

  @Test
  void whatWasSentOfflineIsSentByTheNextClientBeforeAnythingNew() {
    begin(false);
    for (int i = 1; i <= 3; i++) {
      client.send(draft(i));
    }
    restart(true);
    client.send(draft(4));
    saved();
    assertThat(session().commands()).isEqualTo(sends(1, 4));
  }

  @Test
  void whatWasAnsweredIsNotSentAgain() {
    begin(true);
    client.send(draft(1));
    client.send(draft(2));
    client.send(draft(3));
    saved();
    session().asked().get(0).answer(entry(CHAT, 1));
    session().asked().get(2).fail(Code.FORBIDDEN);
    restart(true);
    assertThat(session().commands()).containsExactly(send(2));
    session().asked().get(0).answer(entry(CHAT, 2));
    restart(true);
    assertThat(session().commands()).isEmpty();
  }

  @Test
  void refusalIsTheAnswerOfWhoWaitsForIt() {
    begin(true);
    var sent = client.send(draft(1));
    saved();
    session().asked().get(0).fail(Code.STORAGE);
    executor.run();
    assertThat(Await.code(sent)).isEqualTo(Code.STORAGE);
    assertThat(outbox.waiting()).isEmpty();
    assertThat(recorder.notices()).noneMatch(Notice.NotSent.class::isInstance);
  }

  @Test
  void futuresFailWhenTheClientIsClosedAndTheFileKeepsWhatTheyWereFor() {
    begin(false);
    var sent = client.send(draft(1));
    var edited = client.edit(MessageId.of("m7"), "better");
    var asked = client.chats();
    end(client);
    assertThat(Await.code(sent)).isEqualTo(Code.CLOSED);
    assertThat(Await.code(edited)).isEqualTo(Code.CLOSED);
    assertThat(Await.code(asked)).isEqualTo(Code.CLOSED);
    assertThat(outbox.waiting())
        .containsExactly(send(1), new Command.Edit(MessageId.of("m7"), "better"));
    begin(true);
    assertThat(session().commands()).isEqualTo(outbox.waiting());
  }

  @Test
  void whatIsKeptWaitsForAsLongAsItTakesAndQuestionsDont() {
    begin(false);
    List<CompletableFuture<?>> kept =
        List.of(
            client.send(draft(1)),
            client.schedule(draft(2), clock.now()),
            client.edit(MessageId.of("m1"), "better"),
            client.erase(MessageId.of("m1")));
    var question = client.chats();
    saved();
    advance(TIMEOUT.multipliedBy(100));
    assertThat(Await.code(question)).isEqualTo(Code.TIMED_OUT);
    assertThat(kept).noneMatch(CompletableFuture::isDone);
    assertThat(outbox.waiting()).hasSize(4);
  }

  @ParameterizedTest
  @EnumSource(names = {"FORBIDDEN", "UNKNOWN_USER", "GONE", "BANNED", "LIMITED", "TOO_LARGE"})
  void refusalForGoodOfWhatNobodyWaitsForIsTold(Code code) {
    begin(false);
    client.send(draft(1));
    client.edit(MessageId.of("m7"), "better");
    restart(true);
    session().asked().get(0).fail(code);
    session().asked().get(1).fail(Code.NOT_FOUND);
    executor.run();
    assertThat(recorder.awaitNotice(Notice.NotSent.class))
        .isEqualTo(new Notice.NotSent(MessageId.of("m1"), code));
    assertThat(recorder.awaitNotice(Notice.NotSent.class))
        .isEqualTo(new Notice.NotSent(MessageId.of("m7"), Code.NOT_FOUND));
    assertThat(outbox.waiting()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"STORAGE", "OVERLOADED", "TIMED_OUT"})
  void refusalForTheMomentOfWhatNobodyWaitsForIsAskedAgain(Code code) {
    begin(false);
    client.send(draft(1));
    client.send(draft(2));
    restart(true);
    session().asked().get(0).fail(code);
    session().asked().get(1).fail(code);
    client.send(draft(3));
    saved();
    assertThat(session().commands()).isEqualTo(sends(1, 3));
    advance(Duration.ofSeconds(5));
    List<Command<?>> expected = new ArrayList<>(sends(1, 3));
    expected.addAll(sends(1, 2));
    assertThat(session().commands()).isEqualTo(expected);
    session().asked().get(3).answer(entry(CHAT, 1));
    session().asked().get(4).fail(code);
    restart(true);
    assertThat(session().commands()).containsExactly(send(2), send(3));
    assertThat(recorder.notices()).noneMatch(Notice.NotSent.class::isInstance);
  }

  @Test
  void whatIsPutOffIsAskedOverTheNextSession() {
    begin(false);
    client.send(draft(1));
    restart(true);
    session().asked().get(0).fail(Code.STORAGE);
    session().end(Code.UNREACHABLE);
    comeBack();
    assertThat(session().commands()).isEqualTo(sends(1, 1));
    advance(Duration.ofSeconds(20));
    assertThat(session().commands()).isEqualTo(sends(1, 1));
  }

  @Test
  void moreThanAClientTakesIsRefusedWithWhatIsLeftCounted() {
    begin(false);
    for (int i = 1; i <= 1000; i++) {
      client.send(draft(i));
    }
    restart(false);
    for (int i = 1001; i <= 1024; i++) {
      client.send(draft(i));
    }
    assertThat(Await.code(client.send(draft(1025)))).isEqualTo(Code.OVERLOADED);
    saved();
    restart(true);
    assertThat(outbox.waiting()).isEqualTo(sends(1, 1024));
  }

  @Test
  void otherClientsAndOtherDevicesAreRefusedAtTheStart() throws Exception {
    begin(true);
    assertThatThrownBy(() -> bob().outbox(outbox).open())
        .hasFieldOrPropertyWithValue("code", Code.CONFLICT);
    end(client);
    assertThatThrownBy(() -> HubClient.join(hub, "carol").outbox(outbox).start())
        .hasFieldOrPropertyWithValue("code", Code.CONFLICT);
    Files.writeString(folder.resolve("outbox"), "Dear diary");
    assertThatThrownBy(() -> bob().outbox(outbox).open())
        .hasFieldOrPropertyWithValue("code", Code.STORAGE);
    client = null;
    assertThat(hub.knocks).hasSize(1);
  }

  @Test
  void clientThatWasRefusedLeavesTheFileToTheNext() {
    hub.letsIn = false;
    HubClient refused = bob().outbox(outbox).open();
    var sent = refused.send(draft(1));
    saved();
    hub.last().refuse(Code.UNAUTHENTICATED);
    Await.until(
        "the answer",
        () -> {
          executor.run();
          return sent.isDone() && refused.connected().isDone();
        });
    assertThat(Await.code(sent)).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refused.state()).isEqualTo(State.CLOSED);
    begin(true);
    assertThat(session().commands()).isEqualTo(sends(1, 1));
  }

  @Test
  void closingWaitsForTheAnswersOfWhatWasJustSent() {
    begin(true);
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      sent.add(client.send(draft(i)));
    }
    CompletableFuture<Void> stopped = client.stop();
    Await.until("all is asked", () -> session().commands().size() == 20);
    for (int i = 1; i <= 20; i++) {
      session().asked().get(i - 1).answer(entry(CHAT, i));
    }
    Await.until(
        "the end",
        () -> {
          executor.run();
          return stopped.isDone();
        });
    assertThat(sent).allMatch(one -> Await.code(one) == null);
    assertThat(outbox.waiting()).isEmpty();
  }

  @Test
  void memoryKeepsNothingAndAnyNumberMayUseIt() {
    Outbox memory = Outbox.inMemory();
    HubClient one = bob().outbox(memory).open();
    HubClient other = bob().outbox(memory).open();
    executor.run();
    one.send(draft(1));
    assertThat(session().commands()).isEmpty();
    assertThat(hub.knock(0).session.commands()).isEqualTo(sends(1, 1));
    assertThat(memory.waiting()).isEmpty();
    assertThat(memory.saved()).isCompleted();
    end(one);
    end(other);
  }
}
