package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.Notice;
import chat.talk.room.Command;
import chat.talk.room.Token;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The part of {@link HubContract} about what an owner may do, and how members go. */
abstract class HubOwnerContract extends HubRoomContract {
  static final ChatId ROOM = ChatId.of("room");
  static final Token LINK = Token.of("a-link-that-nobody-guesses");

  /** What only an owner may ask. */
  static List<Command<?>> ownersCommands() {
    return List.of(
        new Command.Rename(ROOM, "mine now"),
        new Command.HandOver(ROOM, BOB),
        new Command.Close(ROOM),
        new Command.Remove(ROOM, ALICE),
        new Command.Remove(ROOM, CAROL),
        new Command.Invite(ROOM, DAVE),
        new Command.Uninvite(ROOM, CAROL),
        new Command.CreateLink(ROOM, LINK, HOUR, 1),
        new Command.Links(ROOM),
        new Command.RevokeLink(ROOM, LINK.digest()),
        new Command.Requests(ROOM),
        new Command.Approve(ROOM, DAVE),
        new Command.Reject(ROOM, DAVE));
  }

  @ParameterizedTest
  @MethodSource("ownersCommands")
  void memberIsNoOwner(Command<?> command) {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    join(CAROL);
    join(DAVE);
    List<Entry> before = alice.log(ROOM);
    assertThat(bob.refusal(command)).isEqualTo(Code.FORBIDDEN);
    assertThat(alice.log(ROOM)).isEqualTo(before);
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void removedMemberHearsAndSaysNothingMore() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    alice.ask(new Command.Remove(ROOM, BOB));
    bob.isTold(new Notice.Left(ROOM));
    alice.say(ROOM, "he is gone");
    alice.say(alice.general(), "for all");
    bob.heard().awaitTexts("for all");
    assertRefused(Code.FORBIDDEN, bob.client().send(ROOM, "let me in"));
    assertThat(bob.findChat(ROOM)).isEmpty();
    assertThat(members(alice, ROOM)).containsExactly(ALICE);
    assertThat(alice.events(ROOM, Event.Left.class))
        .singleElement()
        .extracting(Event.Left::author, Event.Left::member)
        .containsExactly(ALICE, BOB);
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void memberMayLeave() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    bob.ask(new Command.Leave(ROOM));
    bob.isTold(new Notice.Left(ROOM));
    Event.Left left = alice.hears(Event.Left.class);
    assertThat(left.author()).isEqualTo(left.member()).isEqualTo(BOB);
    assertThat(bob.findChat(ROOM)).isEmpty();
    assertRefused(Code.FORBIDDEN, bob.client().send(ROOM, "back?"));
  }

  @Test
  void whoWasRemovedWhileAwayStaysOut() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    bob.client().close();
    alice.ask(new Command.Remove(ROOM, BOB));
    alice.say(ROOM, "he is gone");
    restart();
    Participant again = back(bob);
    alice.say(alice.general(), "for all");
    again.heard().awaitTexts("for all");
    assertThat(again.findChat(ROOM)).isEmpty();
  }

  @Test
  void ownerDoesNotLeave() {
    Participant alice = join(ALICE);
    room(alice);
    assertThat(alice.refusal(new Command.Leave(ROOM))).isEqualTo(Code.INVALID);
    assertThat(members(alice, ROOM)).hasSize(2);
    alice.ask(new Command.HandOver(ROOM, BOB));
    alice.ask(new Command.Leave(ROOM));
    assertThat(alice.findChat(ROOM)).isEmpty();
  }

  @Test
  void onlyPrivateChatsAreLeft() {
    Participant alice = join(ALICE);
    join(BOB);
    ChatId direct = alice.say(BOB, "Hello").event().chat();
    for (ChatId chat : List.of(alice.general(), direct)) {
      assertThat(alice.refusal(new Command.Leave(chat))).isIn(Code.INVALID, Code.FORBIDDEN);
      assertThat(alice.refusal(new Command.Close(chat))).isIn(Code.INVALID, Code.FORBIDDEN);
      assertThat(alice.refusal(new Command.Rename(chat, "x"))).isIn(Code.INVALID, Code.FORBIDDEN);
      assertThat(alice.refusal(new Command.Invite(chat, BOB))).isIn(Code.INVALID, Code.FORBIDDEN);
    }
    assertThat(alice.ask(new Command.Chats())).hasSize(2);
  }

  @Test
  void newTitleIsSeenByAll() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    alice.ask(new Command.Rename(ROOM, "chamber"));
    assertThat(bob.hears(Event.Renamed.class).title()).isEqualTo("chamber");
    assertThat(bob.chat(ROOM).title()).isEqualTo("chamber");
    restart();
    assertThat(bob.chat(ROOM).title()).isEqualTo("chamber");
  }

  @Test
  void newOwnerDecidesAndTheOldOneDoesNot() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    alice.ask(new Command.HandOver(ROOM, BOB));
    assertThat(bob.hears(Event.HandedOver.class).owner()).isEqualTo(BOB);
    assertThat(alice.chat(ROOM).owner()).isEqualTo(BOB);
    assertThat(alice.refusal(new Command.Rename(ROOM, "mine"))).isEqualTo(Code.FORBIDDEN);
    bob.ask(new Command.Rename(ROOM, "bob's"));
    assertThat(alice.chat(ROOM).title()).isEqualTo("bob's");
  }

  @Test
  void onlyAMemberBecomesOwner() {
    Participant alice = join(ALICE);
    room(alice);
    join(CAROL);
    assertThat(alice.refusal(new Command.HandOver(ROOM, CAROL))).isEqualTo(Code.UNKNOWN_USER);
    assertThat(alice.refusal(new Command.HandOver(ROOM, NOBODY))).isEqualTo(Code.UNKNOWN_USER);
    assertThat(alice.chat(ROOM).owner()).isEqualTo(ALICE);
  }

  @Test
  void closedChatIsReadAndNothingMoreIsSaid() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    Entry said = bob.say(ROOM, "the last word");
    alice.ask(new Command.Close(ROOM));
    assertThat(bob.hears(Event.Closed.class).author()).isEqualTo(ALICE);
    assertThat(bob.chat(ROOM).closed()).isTrue();
    assertThat(bob.history(ROOM)).containsExactly("the last word");
    assertThat(bob.find(said).text()).isEqualTo("the last word");
    assertRefused(Code.GONE, bob.client().send(ROOM, "but"));
    assertRefused(Code.GONE, alice.client().send(ROOM, "but"));
  }

  @Test
  void closedChatIsNotChanged() {
    Participant alice = join(ALICE);
    room(alice);
    join(CAROL);
    alice.ask(new Command.Close(ROOM));
    List<Entry> before = alice.log(ROOM);
    assertThat(alice.refusal(new Command.Rename(ROOM, "open"))).isEqualTo(Code.GONE);
    assertThat(alice.refusal(new Command.Invite(ROOM, CAROL))).isEqualTo(Code.GONE);
    assertThat(alice.refusal(new Command.HandOver(ROOM, BOB))).isEqualTo(Code.GONE);
    assertThat(alice.refusal(new Command.CreateLink(ROOM, LINK, HOUR, 1))).isEqualTo(Code.GONE);
    assertThat(alice.log(ROOM)).isEqualTo(before);
  }

  @Test
  void closedChatStaysClosed() {
    Participant alice = join(ALICE);
    room(alice);
    alice.ask(new Command.Close(ROOM));
    assertThat(alice.refusal(new Command.Close(ROOM))).isIn(null, Code.GONE);
    restart();
    assertThat(alice.chat(ROOM).closed()).isTrue();
    assertRefused(Code.GONE, alice.client().send(ROOM, "but"));
    assertThat(alice.events(ROOM, Event.Closed.class)).hasSize(1);
  }

  @Test
  void repeatOfWhatWasSaidBeforeTheEndIsAnswered() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    Draft draft = Draft.of(ROOM, "in time");
    Entry first = Await.result(bob.client().send(draft));
    alice.ask(new Command.Close(ROOM));
    assertThat(Await.result(bob.client().send(draft))).isEqualTo(first);
  }

  @Test
  void invitationToAChatThatWasClosedLeadsNowhere() {
    Participant alice = join(ALICE);
    room(alice);
    Participant carol = join(CAROL);
    alice.ask(new Command.Invite(ROOM, CAROL));
    alice.ask(new Command.Close(ROOM));
    assertThat(carol.refusal(new Command.Accept(ROOM))).isIn(Code.GONE, Code.NOT_FOUND);
    assertThat(members(alice, ROOM)).hasSize(2);
  }

  /** Lets alice make the room, with bob in it. */
  Participant room(Participant alice) {
    alice.ask(new Command.Create(ROOM, "room"));
    Participant bob = join(BOB);
    alice.admit(ROOM, bob);
    return bob;
  }
}
