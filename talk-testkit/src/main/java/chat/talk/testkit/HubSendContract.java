package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Notice;
import chat.talk.Page;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The part of {@link HubContract} about sending, finding and reading pages. */
abstract class HubSendContract extends HubGeneralContract {
  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void messageToAUserMakesTheirChat() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Entry sent = alice.say(BOB, "Hello");
    ChatId direct = ChatId.direct(ALICE, BOB);
    assertThat(sent.event().chat()).isEqualTo(direct);
    assertThat(bob.heard().nextMessage()).isEqualTo(sent.event());
    bob.isTold(new Notice.Entered(direct));
    for (Participant one : List.of(alice, bob)) {
      assertThat(one.chat(direct).kind()).isEqualTo(Chat.Kind.DIRECT);
      assertThat(one.ask(new Command.Chats())).hasSize(2);
      assertThat(one.ask(new Command.Members(direct))).hasSize(2);
    }
  }

  @Test
  void directChatIsTheSameWhoeverStarts() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    bob.say(ALICE, "one");
    alice.say(BOB, "two");
    bob.say(ChatId.direct(ALICE, BOB), "three");
    assertThat(alice.history(ChatId.direct(ALICE, BOB))).containsExactly("one", "two", "three");
    assertThat(alice.ask(new Command.Status()).chatCount()).isEqualTo(2);
  }

  @Test
  void twoWhoWriteToEachOtherAtOnceHaveOneChat() {
    Participant alice = join(ALICE);
    for (int i = 0; i < 10; i++) {
      Participant other = join(user(i));
      CompletableFuture<Entry> there = alice.client().send(other.name(), "from alice");
      CompletableFuture<Entry> back = other.client().send(ALICE, "from the other");
      assertThat(Await.result(there).event().chat()).isEqualTo(Await.result(back).event().chat());
      assertThat(alice.history(there.join().event().chat()))
          .containsExactlyInAnyOrder("from alice", "from the other");
    }
  }

  @Test
  void directChatReachesWhoIsAway() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    bob.client().close();
    alice.say(BOB, "while you were away");
    back(bob).heard().awaitTexts("while you were away");
  }

  @Test
  void directChatIsHiddenFromOthers() {
    Participant alice = join(ALICE);
    join(BOB);
    Participant carol = join(CAROL);
    alice.say(BOB, "between us");
    alice.say(alice.general(), "for all");
    carol.heard().awaitTexts("for all");
    assertThat(carol.findChat(ChatId.direct(ALICE, BOB))).isEmpty();
    assertThat(carol.heard().entries()).hasSize(1);
  }

  @Test
  void noteToSelfIsAChatOfOne() {
    Participant alice = join(ALICE);
    ChatId notes = alice.say(ALICE, "milk").event().chat();
    assertThat(notes).isEqualTo(ChatId.direct(ALICE, ALICE));
    assertThat(alice.ask(new Command.Members(notes))).hasSize(1);
    assertThat(alice.unread(notes)).isZero();
    assertThat(alice.history(notes)).containsExactly("milk");
    assertThat(alice.heard().messages()).isEmpty();
  }

  @Test
  void unknownUserIsRefusedAndGetsNoChat() {
    Participant alice = join(ALICE);
    assertRefused(Code.UNKNOWN_USER, alice.client().send(NOBODY, "anybody?"));
    assertThat(alice.ask(new Command.Chats())).hasSize(1);
    join(NOBODY).say(ALICE, "now");
    assertThat(alice.heard().nextMessage().text()).isEqualTo("now");
  }

  @Test
  void chatThatOneIsNotInIsForbiddenWhetherItExistsOrNot() {
    Participant alice = join(ALICE);
    join(BOB);
    Participant carol = join(CAROL);
    ChatId direct = alice.say(BOB, "between us").event().chat();
    ChatId secret = alice.create("secret");
    for (ChatId chat : List.of(direct, secret, ChatId.random(), ChatId.direct(BOB, NOBODY))) {
      assertRefused(Code.FORBIDDEN, carol.client().send(chat, "let me in"));
    }
    assertThat(alice.history(direct)).containsExactly("between us");
  }

  @Test
  void repeatIsAnsweredWithTheFirstEntryAndSeenOnce() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Draft draft = Draft.of(alice.general(), "once");
    Entry first = Await.result(alice.client().send(draft));
    alice.say(alice.general(), "between");
    clock.advance(HOUR);
    assertThat(Await.result(alice.client().send(draft))).isEqualTo(first);
    alice.say(alice.general(), "after");
    bob.heard().awaitTexts("once", "between", "after");
    assertThat(alice.history(alice.general())).hasSize(3);
  }

  @Test
  void repeatThatSaysSomethingElseIsAnsweredWithTheFirstEntry() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Draft draft = Draft.of(alice.general(), "once");
    Entry first = Await.result(alice.client().send(draft));
    Draft elsewhere = new Draft(draft.id(), BOB, "once");
    assertThat(Await.result(alice.client().send(draft.withText("twice")))).isEqualTo(first);
    assertThat(Await.result(alice.client().send(elsewhere))).isEqualTo(first);
    alice.say(alice.general(), "after");
    bob.heard().awaitTexts("once", "after");
  }

  @Test
  void repeatFromAnotherDeviceIsARepeat() {
    Participant phone = join(ALICE);
    Participant laptop = secondDevice(phone);
    Draft draft = Draft.of(phone.general(), "once");
    CompletableFuture<Entry> one = phone.client().send(draft);
    CompletableFuture<Entry> other = laptop.client().send(draft);
    assertThat(Await.result(one)).isEqualTo(Await.result(other));
    assertThat(phone.history(phone.general())).hasSize(1);
  }

  @Test
  void manyRepeatsAtOnceMakeOneMessage() {
    Participant alice = join(ALICE);
    Draft draft = Draft.of(alice.general(), "once");
    List<CompletableFuture<Entry>> sends =
        IntStream.range(0, 50).mapToObj(i -> alice.client().send(draft)).toList();
    assertThat(sends.stream().map(Await::result).distinct()).hasSize(1);
    assertThat(alice.history(alice.general())).hasSize(1);
  }

  @Test
  void repeatIsKnownAfterARestart() {
    Participant alice = join(ALICE);
    Draft draft = Draft.of(alice.general(), "once");
    Entry first = Await.result(alice.client().send(draft));
    restart();
    assertThat(Await.result(alice.client().send(draft))).isEqualTo(first);
    assertThat(alice.history(alice.general())).hasSize(1);
  }

  @Test
  void repeatIsAnsweredAlsoToWhoIsBannedMeanwhile() {
    serve(options -> options.withAdministrators(BOB));
    Participant alice = join(ALICE);
    Draft draft = Draft.of(alice.general(), "once");
    Entry first = Await.result(alice.client().send(draft));
    join(BOB).ask(new Command.BanUser(ALICE, clock.now().plus(HOUR), "spam"));
    assertThat(Await.result(alice.client().send(draft))).isEqualTo(first);
    assertRefused(Code.BANNED, alice.client().send(alice.general(), "another"));
  }

  @Test
  void idUsedForAnotherTextOrChatIsAnsweredWithTheFirstEntry() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Draft draft = Draft.of(alice.general(), "first");
    Entry first = Await.result(alice.client().send(draft));
    Draft otherText = new Draft(draft.id(), alice.general(), "second");
    Draft otherChat = new Draft(draft.id(), BOB, "third");
    assertThat(Await.result(alice.client().send(otherText))).isEqualTo(first);
    assertThat(Await.result(alice.client().send(otherChat))).isEqualTo(first);
    assertThat(bob.ask(new Command.Chats())).hasSize(1);
    assertThat(alice.history(alice.general())).containsExactly("first");
  }

  @Test
  void twoAuthorsMayUseOneId() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    MessageId id = MessageId.of("1");
    Await.result(alice.client().send(new Draft(id, alice.general(), "alice's")));
    Await.result(bob.client().send(new Draft(id, alice.general(), "bob's")));
    assertThat(alice.history(alice.general())).containsExactly("alice's", "bob's");
  }

  @Test
  void tooLargeMessageIsRefused() {
    serve(options -> options.withMaxMessageSize(10));
    Participant alice = join(ALICE);
    Entry sent = alice.say(alice.general(), "ten chars.");
    assertRefused(Code.TOO_LARGE, alice.client().send(alice.general(), "eleven char"));
    assertThat(alice.refusal(new Command.Edit(sent.event().id(), "eleven char")))
        .isEqualTo(Code.TOO_LARGE);
    assertThat(alice.history(alice.general())).containsExactly("ten chars.");
  }

  @Test
  void refusedMessageMayBeSentAgainUnderItsId() {
    serve(options -> options.withMaxMessageSize(10));
    Participant alice = join(ALICE);
    MessageId id = MessageId.random();
    Draft large = new Draft(id, alice.general(), "much too large");
    assertRefused(Code.TOO_LARGE, alice.client().send(large));
    Await.result(alice.client().send(new Draft(id, alice.general(), "shorter")));
    assertThat(alice.history(alice.general())).containsExactly("shorter");
  }

  @Test
  void everyTextArrivesAsItWasWritten() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Texts.UNICODE.forEach(text -> alice.say(alice.general(), text));
    bob.heard().awaitTexts(Texts.UNICODE.toArray(String[]::new));
    assertThat(alice.history(alice.general())).isEqualTo(Texts.UNICODE);
  }

  @Test
  void halfASurrogatePairIsRefused() {
    Participant alice = join(ALICE);
    assertThatThrownBy(() -> alice.client().send(alice.general(), "\uD83D"))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID));
    Entry sent = alice.say(alice.general(), "whole");
    assertThat(alice.refusal(new Command.Edit(sent.event().id(), "half \uDE00")))
        .isEqualTo(Code.INVALID);
    assertThat(alice.history(alice.general())).containsExactly("whole");
  }

  @Test
  void messagesOfOneClientKeepTheirOrder() {
    Participant alice = join(ALICE);
    List<String> texts = IntStream.range(0, 300).mapToObj(String::valueOf).toList();
    List<CompletableFuture<Entry>> sends =
        texts.stream().map(text -> alice.client().send(alice.general(), text)).toList();
    sends.forEach(Await::result);
    assertThat(alice.history(alice.general())).isEqualTo(texts);
  }

  @Test
  void acknowledgedMessageCanBeReadByEverybody() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    for (int i = 0; i < 20; i++) {
      Entry sent = alice.say(alice.general(), "message " + i);
      assertThat(bob.find(sent)).isEqualTo(sent.event());
      Page newest = bob.ask(new Command.ReadBefore(alice.general(), Cursor.END, 1));
      assertThat(newest.entries()).containsExactly(sent);
    }
  }

  @Test
  void messageBearsTheHubsTime() {
    Participant alice = join(ALICE);
    clock.advance(HOUR);
    assertThat(alice.say(alice.general(), "now").event().time()).isEqualTo(clock.now());
  }

  @Test
  void messageIsFoundByThoseInItsChatOnly() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Entry sent = alice.say(BOB, "between us");
    assertThat(alice.ask(new Command.Find(Participant.key(sent)))).isEqualTo(sent);
    assertThat(bob.ask(new Command.Find(Participant.key(sent)))).isEqualTo(sent);
    assertThat(join(CAROL).refusal(new Command.Find(Participant.key(sent))))
        .isEqualTo(Code.NOT_FOUND);
    MessageKey unknown = new MessageKey(ALICE, MessageId.random());
    assertThat(alice.refusal(new Command.Find(unknown))).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void pagesForwardsAndBackwardsCoverTheLog() {
    Participant alice = join(ALICE);
    List<Entry> log =
        IntStream.range(0, 10).mapToObj(i -> alice.say(alice.general(), "m" + i)).toList();
    Page first = alice.ask(new Command.ReadAfter(alice.general(), Cursor.START, 4));
    assertThat(first.entries()).isEqualTo(log.subList(0, 4));
    assertThat(first.atEnd()).isFalse();
    Page rest = alice.ask(new Command.ReadAfter(alice.general(), first.next(), 10));
    assertThat(rest.entries()).isEqualTo(log.subList(4, 10));
    assertThat(rest.atEnd()).isTrue();
    Page newest = alice.ask(new Command.ReadBefore(alice.general(), Cursor.END, 3));
    assertThat(newest.entries()).isEqualTo(log.subList(7, 10));
    Page older = alice.ask(new Command.ReadBefore(alice.general(), newest.next(), 10));
    assertThat(older.entries()).isEqualTo(log.subList(0, 7));
    assertThat(older.atEnd()).isTrue();
  }

  static List<String> texts(List<ChatMessage> messages) {
    return messages.stream().map(ChatMessage::text).toList();
  }
}
