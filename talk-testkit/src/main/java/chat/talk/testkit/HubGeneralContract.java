package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.HubClient;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The part of {@link HubContract} about the chat that everybody is in, and what those get who come,
 * and come back.
 */
abstract class HubGeneralContract extends HubDeviceContract {
  private static final int MANY = 60;

  @Test
  void everybodyIsInTheGeneralChat() {
    Participant alice = join(ALICE);
    Chat general = alice.ask(new Command.Chats()).get(0);
    assertThat(general.kind()).isEqualTo(Chat.Kind.GENERAL);
    assertThat(general.id()).isEqualTo(alice.general()).isEqualTo(join(BOB).general());
    assertThat(general.owner()).isNull();
    assertThat(general.closed()).isFalse();
  }

  @Test
  void generalChatIsTheSameAfterARestart() {
    Participant alice = join(ALICE);
    ChatId general = alice.general();
    alice.say(general, "before");
    alice.client().close();
    restart();
    Participant again = back(alice);
    assertThat(again.general()).isEqualTo(general);
    assertThat(again.history(general)).containsExactly("before");
  }

  @Test
  void messageReachesEverybodyElse() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Participant carol = join(CAROL);
    Entry sent = alice.say(alice.general(), "Hello all");
    for (Participant other : List.of(bob, carol)) {
      assertThat(other.heard().nextMessage()).isEqualTo(sent.event());
    }
    assertThat(alice.heard().messages()).isEmpty();
  }

  @Test
  void newcomerGetsTheLastMessagesAndWhatFollows() {
    serve(options -> options.withLastMessages(3));
    Participant alice = join(ALICE);
    alice.sayAll(alice.general(), "1", "2", "3", "4", "5");
    Participant bob = join(BOB);
    bob.heard().awaitTexts("3", "4", "5");
    alice.say(alice.general(), "6");
    bob.heard().awaitTexts("6");
    assertThat(bob.heard().texts()).hasSize(4);
  }

  @Test
  void newcomerGetsAllWhenThereAreFewer() {
    Participant alice = join(ALICE);
    alice.sayAll(alice.general(), "1", "2");
    join(BOB).heard().awaitTexts("1", "2");
  }

  @Test
  void newcomerGetsNothingWhenTheHubSaysSo() {
    serve(options -> options.withLastMessages(0));
    Participant alice = join(ALICE);
    alice.sayAll(alice.general(), "1", "2");
    Participant bob = join(BOB);
    alice.say(alice.general(), "3");
    bob.heard().awaitTexts("3");
    assertThat(bob.heard().texts()).hasSize(1);
  }

  @Test
  void editsAreNotAmongTheLastMessages() {
    serve(options -> options.withLastMessages(2));
    Participant alice = join(ALICE);
    alice.say(alice.general(), "0");
    Entry first = alice.say(alice.general(), "1");
    alice.say(alice.general(), "2");
    for (int i = 0; i < 5; i++) {
      alice.ask(new Command.Edit(first.event().id(), "1, edit " + i));
    }
    join(BOB).heard().awaitTexts("1, edit 4", "2");
  }

  @Test
  void newcomerWhoseAnswerWasLostGetsTheSameAgain() {
    serve(options -> options.withLastMessages(2));
    Participant alice = join(ALICE);
    alice.sayAll(alice.general(), "1", "2", "3");
    Login login = newUser(BOB);
    raw(login);
    alice.say(alice.general(), "4");
    assertThat(raw(login).awaitTexts(3)).containsExactly("2", "3", "4");
  }

  @Test
  void newcomersMissNothingWhileOthersTalk() {
    Participant alice = join(ALICE);
    ChatId general = alice.general();
    List<CompletableFuture<Entry>> sends = new ArrayList<>();
    List<Participant> newcomers = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      sends.add(alice.client().send(general, String.valueOf(i)));
      if (i % 6 == 0) {
        newcomers.add(join(UserName.of("newcomer-" + i)));
      }
    }
    sends.forEach(Await::result);
    for (Participant newcomer : newcomers) {
      Await.until("the last", () -> newcomer.heard().texts().contains(String.valueOf(MANY - 1)));
      int first = Integer.parseInt(newcomer.heard().texts().get(0));
      assertThat(newcomer.heard().texts())
          .isEqualTo(IntStream.range(first, MANY).mapToObj(String::valueOf).toList());
    }
  }

  @Test
  void returningUserGetsAllHeHasNotReadThenLive() {
    serve(options -> options.withLastMessages(3));
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    bob.awaitRead(alice.say(alice.general(), "seen"));
    bob.client().close();
    List<String> missed = IntStream.range(0, MANY).mapToObj(i -> "missed " + i).toList();
    missed.forEach(text -> alice.say(alice.general(), text));
    alice.sayAll(BOB, "private 1", "private 2");
    Participant again = back(bob);
    List<String> came =
        again.heard().awaitMessages(MANY + 2).stream().map(ChatMessage::text).toList();
    assertThat(came).containsSubsequence(missed).containsSubsequence("private 1", "private 2");
    alice.say(BOB, "live");
    again.heard().awaitTexts("live");
  }

  @Test
  void returningUserGetsWhatHeMissedOverARestart() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    bob.awaitRead(alice.say(alice.general(), "seen"));
    bob.client().close();
    alice.say(alice.general(), "missed");
    restart();
    back(bob).heard().awaitTexts("missed");
  }

  @Test
  void whatWasHeardButNotReadComesAgainToWhoForgotHisPlace() {
    Participant alice = join(ALICE);
    Participant bob = joinUnreading(BOB);
    alice.sayAll(alice.general(), "1", "2");
    bob.heard().awaitTexts("1", "2");
    bob.client().close();
    backUnreading(bob).heard().awaitTexts("1", "2");
  }

  @Test
  void clientWithItsOwnPlacesGetsExactlyWhatFollows() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    alice.say(alice.general(), "1");
    Entry second = alice.say(alice.general(), "2");
    alice.say(alice.general(), "3");
    bob.heard().awaitTexts("1", "2", "3");
    bob.client().close();
    alice.say(alice.general(), "4");
    Participant again = resume(bob, Map.of(alice.general(), second.cursor()));
    again.heard().awaitTexts("3", "4");
    alice.say(alice.general(), "5");
    again.heard().awaitTexts("5");
    assertThat(again.heard().texts()).hasSize(3);
  }

  @Test
  void emptyChatIsResumedFromItsHead() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Cursor head = bob.chat(bob.general()).head();
    bob.client().close();
    alice.say(alice.general(), "first");
    Participant again = resume(bob, Map.of(alice.general(), head));
    again.heard().awaitTexts("first");
    assertThat(again.heard().notices()).noneMatch(Notice.Lost.class::isInstance);
  }

  @Test
  void placeInAnotherLifeOfTheLogIsLost() {
    Participant alice = join(ALICE);
    Entry first = alice.say(alice.general(), "1");
    alice.say(alice.general(), "2");
    Participant bob = join(BOB);
    bob.heard().awaitTexts("1", "2");
    bob.client().close();
    Cursor foreign = new Cursor(first.cursor().epoch() + 1, first.cursor().sequence());
    Participant again = resume(bob, Map.of(alice.general(), foreign));
    again.heard().awaitTexts("1", "2");
    assertThat(again.heard().awaitNotice(Notice.Lost.class))
        .isEqualTo(new Notice.Lost(alice.general(), foreign));
  }

  @Test
  void placesInChatsThatTheUserIsNotInArePassedOver() {
    Participant alice = join(ALICE);
    ChatId secret = alice.create("secret");
    alice.say(secret, "not for bob");
    Participant bob = join(BOB);
    bob.client().close();
    Map<ChatId, Cursor> places =
        Map.of(
            secret, Cursor.START, ChatId.of("nothing"), Cursor.START, ChatId.random(), Cursor.END);
    Participant again = resume(bob, places);
    alice.say(alice.general(), "for all");
    again.heard().awaitTexts("for all");
    assertThat(again.heard().entries()).noneMatch(e -> e.event().chat().equals(secret));
  }

  @Test
  void allReadersSeeOneOrder() {
    List<Participant> all = IntStream.range(0, 4).mapToObj(i -> join(user(i))).toList();
    ChatId general = all.get(0).general();
    List<CompletableFuture<Void>> writers =
        all.stream().map(one -> Background.run(() -> talk(one, general, MANY))).toList();
    writers.forEach(Await::result);
    List<Entry> log = all.get(0).log(general);
    for (Participant one : all) {
      Await.until("all entries", () -> one.heard().entries().size() >= log.size());
      assertThat(one.heard().entries()).isEqualTo(log);
    }
  }

  /** Says so many things at once, and waits until all are stored. */
  static void talk(Participant one, ChatId chat, int count) {
    List<CompletableFuture<Entry>> sends =
        IntStream.range(0, count)
            .mapToObj(i -> one.client().send(chat, one.name() + " " + i))
            .toList();
    sends.forEach(Await::result);
  }

  @Test
  void runningClientComesBackAfterARestartWithoutHoleOrDouble() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    alice.sayAll(alice.general(), "1", "2");
    bob.heard().awaitTexts("1", "2");
    restart();
    alice.sayAll(alice.general(), "3", "4");
    bob.heard().awaitTexts("3", "4");
    assertThat(bob.heard().texts()).hasSize(4);
    assertThat(bob.heard().notices()).noneMatch(Notice.Lost.class::isInstance);
  }

  @Test
  void whatTwoUsersDoInTurnsIsOneStory() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    for (int i = 0; i < 10; i++) {
      alice.say(alice.general(), "question " + i);
      bob.heard().awaitTexts("question " + i);
      bob.say(alice.general(), "answer " + i);
      alice.heard().awaitTexts("answer " + i);
    }
    assertThat(alice.history(alice.general())).hasSize(20).startsWith("question 0", "answer 0");
  }

  Participant resume(Participant gone, Map<ChatId, Cursor> places) {
    Token token = gone.client().token();
    return join(HubClient.join(hub, token).resumeFrom(places));
  }

  static UserName user(int number) {
    return UserName.of("user-" + number);
  }
}
