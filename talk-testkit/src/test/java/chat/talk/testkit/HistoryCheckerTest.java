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
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.room.Chat;
import chat.talk.testkit.Violation.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HistoryCheckerTest {
  private static final UserName ALICE = UserName.of("alice");
  private static final UserName BOB = UserName.of("bob");
  private static final ChatId GENERAL = ChatId.of("general");
  private static final ChatId ROOM = ChatId.of("room");

  private final HistoryChecker checker = new HistoryChecker("this run");
  private final DeviceHistory alice = checker.device(ALICE, "phone");
  private final DeviceHistory bob = checker.device(BOB, "phone");
  private final List<Entry> general = new ArrayList<>();
  private final List<Entry> room = new ArrayList<>();

  private static Cursor place(int sequence) {
    return new Cursor(1, sequence);
  }

  private static Entry add(List<Entry> log, Event event) {
    Entry entry = new Entry(place(log.size() + 1), event);
    log.add(entry);
    return entry;
  }

  private static ChatMessage message(ChatId chat, UserName author, String id) {
    return new ChatMessage(chat, MessageId.of(id), author, "text of " + id, Instant.EPOCH);
  }

  /** Sent, stored and answered. */
  private Entry say(DeviceHistory device, ChatId chat, String id) {
    List<Entry> log = chat.equals(GENERAL) ? general : room;
    Entry entry = add(log, message(chat, device.user, id));
    device.sent(draft(chat, id), CompletableFuture.completedFuture(entry));
    return entry;
  }

  private static Draft draft(ChatId chat, String id) {
    return new Draft(MessageId.of(id), chat, "text of " + id);
  }

  private Entry joins(UserName user, int number) {
    MessageId id = MessageId.of("join" + number);
    return add(room, new Event.Joined(ROOM, id, user, Instant.EPOCH, user));
  }

  private Entry leaves(UserName user, int number) {
    MessageId id = MessageId.of("leave" + number);
    return add(room, new Event.Left(ROOM, id, user, Instant.EPOCH, user));
  }

  private void everybodySees(Entry entry) {
    alice.saw(entry);
    bob.saw(entry);
  }

  private List<Kind> found() {
    checker.log(GENERAL, general);
    if (!room.isEmpty()) {
      checker.log(ROOM, room);
    }
    return kinds();
  }

  private List<Kind> kinds() {
    return checker.violations().stream().map(Violation::kind).distinct().toList();
  }

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

  @Test
  void whatTheStorageDroppedIsMissedOnlyByThoseWhoWereTold() {
    say(alice, GENERAL, "1");
    everybodySees(say(alice, GENERAL, "2"));
    say(alice, GENERAL, "3");
    alice.lost(GENERAL);
    checker.log(GENERAL, general, 3);
    assertThat(kinds()).containsExactly(Kind.INCOMPLETE);

    bob.lost(GENERAL);
    everybodySees(say(alice, GENERAL, "4"));
    checker.log(GENERAL, general, 3);
    assertThat(kinds()).isEmpty();
  }

  @Test
  void aLossWithoutNeedIsFound() {
    everybodySees(say(alice, GENERAL, "1"));
    alice.lost(GENERAL);
    checker.log(GENERAL, general, 0);

    assertThat(kinds()).containsExactly(Kind.FALSE_LOSS);
  }

  @Test
  void onlyWhatIsKeptMustCountAsUnread() {
    everybodySees(say(alice, GENERAL, "1"));
    everybodySees(say(alice, GENERAL, "2"));
    bob.askedChatsAtEnd(chat(1, 0, 2));
    checker.log(GENERAL, general, 1);
    assertThat(kinds()).isEmpty();

    bob.askedChats(chat(0, 0, 2));
    assertThat(kinds()).containsExactly(Kind.WRONG_UNREAD);
  }

  @Test
  void aMessageThatTheStorageForgotMayComeAgain() {
    everybodySees(say(alice, GENERAL, "1"));
    everybodySees(add(general, message(GENERAL, ALICE, "1")));
    checker.log(GENERAL, general, 1);

    assertThat(kinds()).isEmpty();
  }

  private void aliceMakesTheRoom() {
    alice.saw(add(room, new Event.Created(ROOM, MessageId.of("c"), ALICE, Instant.EPOCH, "R")));
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

  private static CompletableFuture<List<Chat>> chat(int unread, int read, int head) {
    return CompletableFuture.completedFuture(
        List.of(
            new Chat(
                GENERAL, Chat.Kind.GENERAL, "", null, false, unread, place(read), place(head))));
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
