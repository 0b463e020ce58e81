package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient.State;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.Notice;
import chat.talk.room.Command;
import chat.talk.room.HubClient;
import chat.talk.room.HubClientBuilder;
import chat.talk.room.Outbox;
import chat.talk.room.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The part of {@link HubContract} about clients that keep in a file what is unanswered. */
abstract class HubOutboxContract extends HubFaultContract {
  private static final int SOME = 20;
  private static final Duration SOON = Duration.ofMillis(50);

  @TempDir Path folder;
  private final Token token = Token.random();

  private Path file() {
    return folder.resolve("outbox");
  }

  private HubClientBuilder aliceOver(Path file) {
    return HubClient.join(hub, token).outbox(Outbox.file(file)).closeWithin(SOON);
  }

  /** Alice, who is in the hub, and is away as the hub is. */
  private HubClient aliceOffline() {
    Participant first = join(ALICE);
    Await.result(first.client().addDevice(token));
    first.client().close();
    stop();
    return aliceOver(file()).open();
  }

  private static List<String> texts(int from, int upTo) {
    return IntStream.range(from, upTo).mapToObj(i -> "message " + i).toList();
  }

  private static void sendAll(HubClient client, ChatId chat, List<String> texts) {
    texts.forEach(text -> client.send(chat, text));
  }

  private Participant aliceComesBack() {
    return join(aliceOver(file()));
  }

  @Test
  void whatWasSentToAHubThatWasAwayArrivesOnceFromTheNextClient() {
    Participant bob = join(BOB);
    ChatId general = bob.general();
    HubClient offline = aliceOffline();
    sendAll(offline, general, texts(0, SOME));
    assertThat(offline.state()).isEqualTo(State.DISCONNECTED);
    offline.close();
    restart();
    Participant alice = aliceComesBack();
    alice.say(general, "new");
    List<String> all = new ArrayList<>(texts(0, SOME));
    all.add("new");
    bob.heard().awaitTexts(all.toArray(String[]::new));
    assertThat(alice.history(general)).isEqualTo(all);
    alice.client().close();
    assertThat(aliceComesBack().history(general)).isEqualTo(all);
  }

  @Test
  void changesSchedulesAndCommentsSurviveAsWell() {
    Participant bob = join(BOB);
    ChatId general = bob.general();
    Entry question = bob.say(general, "Lunch?");
    HubClient offline = aliceOffline();
    Draft yes = Draft.of(general, "yes").about(Participant.key(question));
    Draft no = Draft.of(BOB, "no");
    offline.send(yes);
    offline.send(no);
    offline.edit(yes.id(), "Yes!");
    offline.erase(no.id());
    offline.schedule(Draft.of(BOB, "in an hour"), clock.now().plus(HOUR));
    offline.close();
    restart();
    Participant alice = aliceComesBack();
    Await.until("all of it", () -> !alice.ask(new Command.Schedules()).isEmpty());
    assertThat(alice.history(general)).containsExactly("Lunch?", "Yes!");
    assertThat(alice.ask(new Command.Comments(Participant.key(question), Cursor.START, 9)))
        .matches(page -> page.entries().size() == 1);
    assertThat(alice.history(ChatId.direct(ALICE, BOB))).doesNotContain("no");
  }

  @Test
  void whatIsRefusedLaterIsToldAndTheRestArrives() {
    Participant bob = join(BOB);
    ChatId general = bob.general();
    HubClient offline = aliceOffline();
    offline.send(general, "before");
    Draft lost = Draft.of(NOBODY, "anybody?");
    offline.send(lost);
    offline.edit(MessageId.of("never-sent"), "better");
    offline.send(general, "after");
    offline.close();
    restart();
    Participant alice = aliceComesBack();
    List<Notice> refusals =
        List.of(
            alice.heard().awaitNotice(Notice.NotSent.class),
            alice.heard().awaitNotice(Notice.NotSent.class));
    assertThat(refusals)
        .containsExactlyInAnyOrder(
            new Notice.NotSent(lost.id(), Code.UNKNOWN_USER),
            new Notice.NotSent(MessageId.of("never-sent"), Code.NOT_FOUND));
    bob.heard().awaitTexts("before", "after");
    assertThat(alice.history(general)).containsExactly("before", "after");
  }

  @RepeatedTest(5)
  @Tag(HubContract.ONE_CONNECTION)
  void clientKilledAtAnyMomentLosesAndDoublesNothing() {
    Participant bob = join(BOB);
    ChatId general = bob.general();
    aliceOffline().close();
    restart();
    HubClient killed = aliceOver(file()).start();
    atTheEnd(killed::close);
    List<CompletableFuture<Entry>> answers = new ArrayList<>();
    Path image = folder.resolve("image");
    for (String text : texts(0, 10 * SOME)) {
      answers.add(killed.send(general, text));
      if (answers.size() == 7 * SOME) {
        copy(image);
      }
    }
    List<String> left = Outbox.file(image).waiting().stream().map(HubOutboxContract::text).toList();
    Participant alice = join(aliceOver(image));
    alice.say(general, "new");
    List<String> history = alice.history(general);
    assertThat(history).doesNotHaveDuplicates().containsAll(left).endsWith("new");
    assertThat(history.subList(0, history.size() - 1)).isEqualTo(texts(0, history.size() - 1));
    bob.heard().awaitTexts(history.toArray(String[]::new));
  }

  private static String text(Command<?> command) {
    return ((Command.Send) command).draft().text();
  }

  /** What a kill at this moment would leave. */
  private void copy(Path image) {
    try {
      Files.copy(file(), image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
