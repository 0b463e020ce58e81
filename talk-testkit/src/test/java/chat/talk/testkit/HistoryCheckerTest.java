package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.testkit.Violation.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HistoryCheckerTest extends HistoryFixture {
  @Test
  void aGoodHistoryHasNoViolation() {
    everybodySees(say(alice, GENERAL, "1"));
    everybodySees(say(bob, GENERAL, "2"));

    assertThat(found()).isEmpty();
    checker.assertNoViolations();
  }

  @Test
  void anAcknowledgedMessageThatIsNotInTheLogIsLost() {
    everybodySees(say(alice, GENERAL, "1"));
    Entry lost = new Entry(place(2), message(GENERAL, ALICE, "2"));
    alice.sent(draft(GENERAL, "2"), CompletableFuture.completedFuture(lost));

    assertThat(found()).containsExactly(Kind.LOST_MESSAGE);
  }

  @Test
  void anAnswerHasToNameThePlaceInTheLog() {
    everybodySees(say(alice, GENERAL, "1"));
    Entry stored = add(general, message(GENERAL, ALICE, "2"));
    everybodySees(stored);
    alice.sent(
        draft(GENERAL, "2"),
        CompletableFuture.completedFuture(new Entry(place(1), stored.event())));

    assertThat(found()).containsExactly(Kind.WRONG_ANSWER);
  }

  @Test
  void aRefusedMessageMustNotBeStored() {
    everybodySees(add(general, message(GENERAL, ALICE, "1")));
    alice.sent(
        draft(GENERAL, "1"),
        CompletableFuture.failedFuture(new ChatException(Code.FORBIDDEN, "not in this chat")));

    assertThat(found()).containsExactly(Kind.REFUSED_YET_STORED);
  }

  @Test
  void whatNobodySentIsFound() {
    everybodySees(add(general, message(GENERAL, ALICE, "1")));

    assertThat(found()).containsExactly(Kind.UNSENT);
  }

  @Test
  void oneMessageTwiceIsFound() {
    everybodySees(say(alice, GENERAL, "1"));
    everybodySees(add(general, message(GENERAL, ALICE, "1")));

    assertThat(found()).contains(Kind.DOUBLED);
  }

  @Test
  void theMessagesOfOneSenderKeepTheirOrder() {
    Entry second = add(general, message(GENERAL, ALICE, "2"));
    Entry first = add(general, message(GENERAL, ALICE, "1"));
    alice.sent(draft(GENERAL, "1"), CompletableFuture.completedFuture(first));
    alice.sent(draft(GENERAL, "2"), CompletableFuture.completedFuture(second));
    everybodySees(second);
    everybodySees(first);

    assertThat(found()).containsExactly(Kind.NOT_FIFO);
  }

  private Entry created() {
    return add(room, new Event.Created(ROOM, MessageId.of("c"), ALICE, Instant.EPOCH, "R"));
  }

  @Test
  void aMessageThatWasRefusedUntilItsSenderWasInMayComeLater() {
    Entry created = created();
    CompletableFuture<Entry> refusedFirst = new CompletableFuture<>();
    bob.sent(draft(ROOM, "1"), refusedFirst);
    Entry in = joins(BOB, 1);
    Entry second = say(bob, ROOM, "2");
    Entry first = add(room, message(ROOM, BOB, "1"));
    refusedFirst.complete(first);
    alice.saw(created);
    List.of(in, second, first).forEach(this::everybodySees);

    assertThat(found()).isEmpty();
  }

  @Test
  void whoKnowsThatHeIsInSendsInOrder() {
    alice.saw(created());
    everybodySees(joins(BOB, 1));
    CompletableFuture<Entry> late = new CompletableFuture<>();
    bob.sent(draft(ROOM, "1"), late);
    Entry second = say(bob, ROOM, "2");
    Entry first = add(room, message(ROOM, BOB, "1"));
    late.complete(first);
    List.of(second, first).forEach(this::everybodySees);

    assertThat(found()).containsExactly(Kind.NOT_FIFO);
  }

  @Test
  void messagesOfADirectChatKeepTheirOrder() {
    ChatId direct = ChatId.direct(ALICE, BOB);
    List<Entry> log = new ArrayList<>();
    Entry second = add(log, message(direct, BOB, "2"));
    Entry first = add(log, message(direct, BOB, "1"));
    for (Entry entry : List.of(first, second)) {
      Draft draft = draft(direct, entry.event().id().value());
      bob.sent(draft, CompletableFuture.completedFuture(entry));
    }
    log.forEach(this::everybodySees);
    checker.log(direct, log);

    assertThat(kinds()).containsExactly(Kind.NOT_FIFO);
  }

  @Test
  void anErasedTextMustBeGone() {
    Entry entry = say(alice, GENERAL, "1");
    everybodySees(entry);
    alice.erased(MessageId.of("1"), CompletableFuture.completedFuture(entry));

    assertThat(found()).containsExactly(Kind.NOT_ERASED);
  }

  @Test
  void anEntryThatIsNotInTheLogIsAPhantom() {
    everybodySees(say(alice, GENERAL, "1"));
    bob.saw(new Entry(place(2), message(GENERAL, ALICE, "2")));

    assertThat(found()).containsExactly(Kind.PHANTOM);
  }

  @Test
  void aTextThatAMessageNeverHadIsFound() {
    Entry entry = say(alice, GENERAL, "1");
    alice.saw(entry);
    bob.saw(new Entry(entry.cursor(), ((ChatMessage) entry.event()).edited("another text")));

    assertThat(found()).containsExactly(Kind.WRONG_TEXT);
  }

  @Test
  void otherOrdersRepeatsAndHolesAreFound() {
    for (String id : List.of("1", "2", "3")) {
      alice.saw(say(alice, GENERAL, id));
    }
    bob.saw(general.get(0));
    bob.saw(general.get(2));
    bob.saw(general.get(1));
    bob.saw(general.get(2));
    bob.saw(general.get(2));

    assertThat(found()).containsExactly(Kind.GAP, Kind.DISORDER);
  }

  @Test
  void whoIsToldOfALossMissesNothingSilently() {
    for (String id : List.of("1", "2", "3")) {
      alice.saw(say(alice, GENERAL, id));
    }
    bob.saw(general.get(0));
    bob.lost(GENERAL);
    bob.saw(general.get(2));

    assertThat(found()).isEmpty();
  }

  @Test
  void anotherClientOfADeviceMayBeginALittleBeforeAndNotLater() {
    for (String id : List.of("1", "2", "3", "4")) {
      alice.saw(say(alice, GENERAL, id));
    }
    bob.saw(general.get(0));
    bob.saw(general.get(1));
    bob.restarted();
    bob.saw(general.get(1));
    bob.saw(general.get(2));
    bob.saw(general.get(3));
    assertThat(found()).isEmpty();

    alice.restarted();
    alice.saw(general.get(1));
    alice.saw(general.get(3));
    assertThat(found()).containsExactly(Kind.GAP);
  }

  @Test
  void whoHasNotSeenAllInTheEndIsFound() {
    everybodySees(say(alice, GENERAL, "1"));
    alice.saw(say(alice, GENERAL, "2"));

    assertThat(found()).containsExactly(Kind.INCOMPLETE);
  }

  private void aliceMakesTheRoom() {
    alice.saw(created());
  }

  @Test
  void aMemberSeesWhatWasSaidWhileHeWasOne() {
    aliceMakesTheRoom();
    alice.saw(say(alice, ROOM, "1"));
    everybodySees(joins(BOB, 1));
    everybodySees(say(alice, ROOM, "2"));
    everybodySees(leaves(BOB, 1));
    alice.saw(say(alice, ROOM, "3"));
    everybodySees(joins(BOB, 2));
    everybodySees(say(bob, ROOM, "4"));

    assertThat(found()).isEmpty();
  }

  @Test
  void onlyAMemberMayHaveSaidSomething() {
    aliceMakesTheRoom();
    alice.saw(say(bob, ROOM, "1"));

    assertThat(found()).containsExactly(Kind.OUTSIDER);
  }

  @Test
  void whatANonMemberSeesIsALeak() {
    aliceMakesTheRoom();
    everybodySees(say(alice, ROOM, "1"));
    everybodySees(joins(BOB, 1));

    assertThat(found()).containsExactly(Kind.LEAK);
  }

  @Test
  void aMemberMissesNothingAfterComingBack() {
    aliceMakesTheRoom();
    everybodySees(joins(BOB, 1));
    alice.saw(leaves(BOB, 1));
    alice.saw(joins(BOB, 2));
    alice.saw(say(alice, ROOM, "1"));
    everybodySees(say(alice, ROOM, "2"));

    assertThat(found()).containsExactly(Kind.GAP);
  }

  @Test
  void unreadCountsTheMessagesOfOthersBehindWhatWasRead() {
    everybodySees(say(alice, GENERAL, "1"));
    everybodySees(say(bob, GENERAL, "2"));
    everybodySees(say(alice, GENERAL, "3"));
    bob.askedChats(chat(2, 0, 3));
    bob.askedChatsAtEnd(chat(1, 1, 3));
    assertThat(found()).isEmpty();

    bob.askedChats(chat(2, 1, 3));
    assertThat(found()).containsExactly(Kind.WRONG_UNREAD);
  }

  @Test
  void whatWasReadStaysRead() {
    everybodySees(say(alice, GENERAL, "1"));
    DeviceHistory laptop = checker.laterDevice(BOB, "laptop");
    laptop.marked(GENERAL, place(1), CompletableFuture.completedFuture(null));
    bob.askedChats(chat(1, 0, 1));

    assertThat(found()).containsExactly(Kind.READ_WENT_BACK);
  }

  @Test
  void twoDevicesAreToldTheSame() {
    everybodySees(say(alice, GENERAL, "1"));
    bob.askedChatsAtEnd(chat(1, 0, 1));
    checker.laterDevice(BOB, "laptop").askedChatsAtEnd(chat(0, 1, 1));

    assertThat(found()).containsExactly(Kind.DEVICES_DIFFER);
  }

  @Test
  void aUserIsListedHisChats() {
    aliceMakesTheRoom();
    everybodySees(say(alice, GENERAL, "1"));
    alice.askedChatsAtEnd(chat(0, 1, 1));

    assertThat(found()).containsExactly(Kind.WRONG_CHATS);
  }

  @Test
  void aFailureTellsTheRunAndNoText() {
    add(general, message(GENERAL, ALICE, "1"));
    checker.log(GENERAL, general);

    assertThatThrownBy(checker::assertNoViolations)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("this run: ")
        .hasMessageContaining("UNSENT")
        .hasMessageNotContaining("text of");
  }
}
