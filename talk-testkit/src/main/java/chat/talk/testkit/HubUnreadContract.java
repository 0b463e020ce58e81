package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.Member;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The part of {@link HubContract} about what a user has read, and what he has not. */
abstract class HubUnreadContract extends HubEditContract {
  @Test
  void messagesOfOthersAreUnread() {
    Participant alice = join(ALICE);
    Participant bob = joinUnreading(BOB);
    alice.sayAll(alice.general(), "1", "2", "3");
    bob.sayAll(alice.general(), "mine");
    alice.sayAll(BOB, "private");
    assertThat(bob.unread(bob.general())).isEqualTo(3);
    assertThat(bob.unread(ChatId.direct(ALICE, BOB))).isEqualTo(1);
    assertThat(bob.ask(new Command.Status()).chats()).isEqualTo(bob.ask(new Command.Chats()));
  }

  @Test
  void editsAndErasesAreNotUnread() {
    Participant alice = join(ALICE);
    Participant bob = joinUnreading(BOB);
    Entry first = alice.say(alice.general(), "1");
    Entry second = alice.say(alice.general(), "2");
    alice.ask(new Command.Edit(first.event().id(), "edited"));
    assertThat(bob.unread(bob.general())).isEqualTo(2);
    alice.ask(new Command.Erase(second.event().id()));
    assertThat(bob.unread(bob.general())).isEqualTo(1);
  }

  @Test
  void eventsOfAChatAreNotUnread() {
    Participant alice = joinUnreading(ALICE);
    Participant bob = joinUnreading(BOB);
    ChatId chat = alice.create("room");
    alice.admit(chat, bob);
    Await.result(alice.client().rename(chat, "chamber"));
    assertThat(alice.unread(chat)).isZero();
    assertThat(bob.unread(chat)).isZero();
  }

  @Test
  void whatTheListenerWasGivenIsReadUnlessTheApplicationSaysSo() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Participant carol = joinUnreading(CAROL);
    Entry sent = alice.say(alice.general(), "Hello");
    bob.awaitRead(sent);
    assertThat(bob.unread(bob.general())).isZero();
    carol.heard().awaitTexts("Hello");
    assertThat(carol.unread(carol.general())).isEqualTo(1);
  }

  @Test
  void readingGoesOnFromTheMiddle() {
    Participant alice = join(ALICE);
    Participant bob = joinUnreading(BOB);
    alice.sayAll(alice.general(), "1", "2");
    Entry third = alice.say(alice.general(), "3");
    alice.sayAll(alice.general(), "4", "5");
    markRead(bob, third);
    assertThat(bob.unread(bob.general())).isEqualTo(2);
    assertThat(bob.chat(bob.general()).read()).isEqualTo(third.cursor());
  }

  @Test
  void readingNeverGoesBack() {
    Participant alice = join(ALICE);
    Participant bob = joinUnreading(BOB);
    Entry first = alice.say(alice.general(), "1");
    Entry second = alice.say(alice.general(), "2");
    markRead(bob, second);
    markRead(bob, first);
    bob.ask(new Command.MarkRead(bob.general(), Cursor.START));
    bob.ask(new Command.Acknowledge(Map.of(bob.general(), first.cursor()), true));
    assertThat(bob.unread(bob.general())).isZero();
    assertThat(bob.chat(bob.general()).read()).isEqualTo(second.cursor());
  }

  @Test
  void whatIsYetToComeIsNeverRead() {
    Participant alice = join(ALICE);
    Participant bob = joinUnreading(BOB);
    Entry last = alice.say(alice.general(), "1");
    Cursor beyond = new Cursor(last.cursor().epoch(), last.cursor().sequence() + 3);
    for (Cursor cursor : List.of(Cursor.END, beyond)) {
      assertThat(bob.refusal(new Command.MarkRead(bob.general(), cursor))).isIn(null, Code.INVALID);
    }
    bob.refusal(new Command.Acknowledge(Map.of(bob.general(), beyond), true));
    alice.say(alice.general(), "2");
    assertThat(bob.unread(bob.general())).isBetween(1L, 2L);
    assertThat(bob.chat(bob.general()).read().sequence())
        .isLessThanOrEqualTo(last.cursor().sequence());
  }

  @Test
  void placeInAnotherLifeOfTheLogReadsNothing() {
    Participant alice = join(ALICE);
    Participant bob = joinUnreading(BOB);
    Entry last = alice.say(alice.general(), "1");
    Cursor foreign = new Cursor(last.cursor().epoch() + 1, last.cursor().sequence());
    assertThat(bob.refusal(new Command.MarkRead(bob.general(), foreign))).isIn(null, Code.INVALID);
    assertThat(bob.unread(bob.general())).isEqualTo(1);
  }

  @Test
  void acknowledgingIsReadingOnlyWhenItSaysSo() {
    Participant alice = join(ALICE);
    Participant bob = joinUnreading(BOB);
    Cursor last = alice.say(alice.general(), "1").cursor();
    bob.ask(new Command.Acknowledge(Map.of(bob.general(), last), false));
    assertThat(bob.unread(bob.general())).isEqualTo(1);
    bob.ask(new Command.Acknowledge(Map.of(bob.general(), last), true));
    assertThat(bob.unread(bob.general())).isZero();
  }

  @Test
  void acknowledgingPassesOverUnknownChats() {
    Participant alice = join(ALICE);
    join(BOB);
    Participant carol = joinUnreading(CAROL);
    Entry hidden = alice.say(BOB, "between us");
    Cursor last = alice.say(alice.general(), "1").cursor();
    Map<ChatId, Cursor> places =
        Map.of(hidden.event().chat(), last, ChatId.random(), last, carol.general(), last);
    carol.ask(new Command.Acknowledge(places, true));
    assertThat(carol.unread(carol.general())).isZero();
  }

  @Test
  void unreadIsTheSameAfterARestart() {
    Participant alice = join(ALICE);
    Participant bob = joinUnreading(BOB);
    Entry first = alice.say(alice.general(), "1");
    alice.sayAll(alice.general(), "2", "3");
    alice.say(BOB, "private");
    markRead(bob, first);
    List<Chat> before = bob.ask(new Command.Chats());
    restart();
    assertThat(bob.ask(new Command.Chats())).containsExactlyInAnyOrderElementsOf(before);
    assertThat(bob.unread(bob.general())).isEqualTo(2);
  }

  @Test
  void membersShowHowFarEachHasRead() {
    Participant alice = join(ALICE);
    Participant bob = joinUnreading(BOB);
    Entry sent = alice.say(BOB, "read this");
    markRead(bob, sent);
    assertThat(alice.ask(new Command.Members(sent.event().chat())))
        .filteredOn(member -> member.user().equals(BOB))
        .extracting(Member::read)
        .containsExactly(sent.cursor());
  }

  @Test
  void headIsTheEndOfTheLog() {
    Participant alice = join(ALICE);
    Entry first = alice.say(alice.general(), "1");
    assertThat(alice.chat(alice.general()).head()).isEqualTo(first.cursor());
    alice.ask(new Command.Edit(first.event().id(), "2"));
    List<Entry> log = alice.log(alice.general());
    assertThat(log).hasSize(2);
    assertThat(alice.chat(alice.general()).head()).isEqualTo(log.get(1).cursor());
  }

  static void markRead(Participant user, Entry upTo) {
    user.ask(new Command.MarkRead(upTo.event().chat(), upTo.cursor()));
  }
}
