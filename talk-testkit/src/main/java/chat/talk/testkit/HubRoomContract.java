package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.Invitation;
import chat.talk.room.Member;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link HubContract} about private chats and who is in them. */
abstract class HubRoomContract extends HubUnreadContract {
  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void newChatBelongsToWhoMadeIt() {
    Participant alice = joinUnreading(ALICE);
    ChatId id = ChatId.random();
    Chat chat = alice.ask(new Command.Create(id, "room"));
    assertThat(chat).isEqualTo(alice.chat(id));
    assertThat(chat.kind()).isEqualTo(Chat.Kind.PRIVATE);
    assertThat(chat.title()).isEqualTo("room");
    assertThat(chat.owner()).isEqualTo(ALICE);
    assertThat(alice.hears(Event.Created.class).title()).isEqualTo("room");
    assertThat(members(alice, id)).containsExactly(ALICE);
    alice.isTold(new Notice.Entered(id));
  }

  @Test
  void creatingAgainIsTheSameChat() {
    Participant alice = joinUnreading(ALICE);
    Command.Create create = new Command.Create(ChatId.random(), "room");
    Chat first = alice.ask(create);
    assertThat(alice.ask(create)).isEqualTo(first);
    assertThat(alice.events(create.chat(), Event.Created.class)).hasSize(1);
    assertThat(join(BOB).refusal(create)).isEqualTo(Code.CONFLICT);
  }

  @Test
  void idsOfOtherKindsOfChatAreRefused() {
    Participant alice = join(ALICE);
    assertThat(alice.refusal(new Command.Create(alice.general(), "room"))).isEqualTo(Code.CONFLICT);
    ChatId direct = ChatId.direct(ALICE, BOB);
    assertThat(alice.refusal(new Command.Create(direct, "room"))).isEqualTo(Code.INVALID);
    assertThat(alice.ask(new Command.Chats())).hasSize(1);
  }

  @Test
  void titleHasALimit() {
    Participant alice = join(ALICE);
    ChatId chat = alice.create("x".repeat(Command.MAX_TITLE));
    String tooLong = "x".repeat(Command.MAX_TITLE + 1);
    assertThat(alice.refusal(new Command.Create(ChatId.random(), tooLong))).isEqualTo(Code.INVALID);
    assertThat(alice.refusal(new Command.Rename(chat, tooLong))).isEqualTo(Code.INVALID);
    assertThat(alice.chat(chat).title()).hasSize(Command.MAX_TITLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two\nlines", "nul\u0000", "bell\u0007", "\u0085", "half \uD83D"})
  void badTitleIsRefused(String title) {
    Participant alice = join(ALICE);
    ChatId chat = alice.create("room");
    assertThat(alice.refusal(new Command.Create(ChatId.random(), title))).isEqualTo(Code.INVALID);
    assertThat(alice.refusal(new Command.Rename(chat, title))).isEqualTo(Code.INVALID);
    assertThat(alice.ask(new Command.Chats())).hasSize(2);
    assertThat(alice.chat(chat).title()).isEqualTo("room");
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void invitedUserEnters() {
    Participant alice = join(ALICE);
    Participant bob = joinUnreading(BOB);
    ChatId chat = alice.create("room");
    Invitation invitation = Await.result(alice.client().invite(chat, BOB));
    bob.isTold(new Notice.Invited(chat, ALICE));
    assertThat(bob.ask(new Command.Invitations())).containsExactly(invitation);
    assertThat(Await.result(bob.client().accept(chat))).isEqualTo(bob.chat(chat));
    bob.isTold(new Notice.Entered(chat));
    assertThat(alice.hears(Event.Joined.class).member()).isEqualTo(BOB);
    assertThat(bob.ask(new Command.Invitations())).isEmpty();
    bob.say(chat, "Hello");
    alice.heard().awaitTexts("Hello");
    assertThat(members(alice, chat)).containsExactlyInAnyOrder(ALICE, BOB);
  }

  @Test
  void invitationSaysWhatItIsFor() {
    Participant alice = join(ALICE);
    join(BOB);
    ChatId chat = alice.create("room");
    assertThat(Await.result(alice.client().invite(chat, BOB)))
        .isEqualTo(new Invitation(chat, "room", BOB, ALICE, clock.now()));
  }

  @Test
  void newMemberHearsOnlyWhatIsSaidFromThenOn() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    ChatId chat = alice.create("room");
    alice.say(chat, "before he came");
    alice.admit(chat, bob);
    alice.say(chat, "now");
    bob.heard().awaitTexts("now");
    assertThat(bob.history(chat)).containsExactly("now");
  }

  @Test
  void onlyTheInvitedEnter() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    join(CAROL);
    ChatId chat = alice.create("room");
    alice.ask(new Command.Invite(chat, CAROL));
    assertThat(bob.refusal(new Command.Accept(chat))).isEqualTo(Code.NOT_FOUND);
    assertThat(bob.refusal(new Command.Accept(ChatId.random()))).isEqualTo(Code.NOT_FOUND);
    assertThat(members(alice, chat)).containsExactly(ALICE);
  }

  @Test
  void invitationAloneOpensNothing() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    ChatId chat = alice.create("room");
    alice.ask(new Command.Invite(chat, BOB));
    assertRefused(Code.FORBIDDEN, bob.client().send(chat, "may I?"));
    assertThat(bob.findChat(chat)).isEmpty();
  }

  @Test
  void acceptingAgainChangesNothing() {
    Participant alice = join(ALICE);
    Participant bob = joinUnreading(BOB);
    ChatId chat = alice.create("room");
    alice.admit(chat, bob);
    assertThat(bob.ask(new Command.Accept(chat))).isEqualTo(bob.chat(chat));
    assertThat(alice.events(chat, Event.Joined.class)).hasSize(1);
  }

  @Test
  void declinedInvitationIsGoneAndMayBeMadeAgain() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    ChatId chat = alice.create("room");
    alice.ask(new Command.Invite(chat, BOB));
    bob.ask(new Command.Decline(chat));
    assertThat(bob.ask(new Command.Invitations())).isEmpty();
    assertThat(bob.refusal(new Command.Accept(chat))).isEqualTo(Code.NOT_FOUND);
    alice.admit(chat, bob);
    assertThat(members(alice, chat)).hasSize(2);
  }

  @Test
  void invitationTakenBackIsGone() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    ChatId chat = alice.create("room");
    alice.ask(new Command.Invite(chat, BOB));
    alice.ask(new Command.Uninvite(chat, BOB));
    assertThat(bob.ask(new Command.Invitations())).isEmpty();
    assertThat(bob.refusal(new Command.Accept(chat))).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void invitingTwiceIsOneInvitation() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    ChatId chat = alice.create("room");
    alice.ask(new Command.Invite(chat, BOB));
    alice.ask(new Command.Invite(chat, BOB));
    assertThat(bob.ask(new Command.Invitations())).hasSize(1);
  }

  @Test
  void invitationsOutliveARestart() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    ChatId chat = alice.create("room");
    alice.ask(new Command.Invite(chat, BOB));
    List<Invitation> before = bob.ask(new Command.Invitations());
    restart();
    assertThat(bob.ask(new Command.Invitations())).isEqualTo(before);
    bob.ask(new Command.Accept(chat));
    assertThat(members(alice, chat)).hasSize(2);
  }

  @Test
  void strangersAndMembersAreNotInvited() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    ChatId chat = alice.create("room");
    alice.admit(chat, bob);
    assertThat(alice.refusal(new Command.Invite(chat, NOBODY))).isEqualTo(Code.UNKNOWN_USER);
    assertThat(alice.refusal(new Command.Invite(chat, BOB))).isEqualTo(Code.CONFLICT);
    assertThat(alice.refusal(new Command.Invite(chat, ALICE))).isEqualTo(Code.CONFLICT);
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void membersShowWhoIsOwnerAndWhoIsThere() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    ChatId chat = alice.create("room");
    alice.admit(chat, bob);
    bob.client().close();
    Await.until("bob is away", () -> !member(alice, chat, BOB).online());
    assertThat(member(alice, chat, ALICE).online()).isTrue();
    assertThat(member(alice, chat, ALICE).owner()).isTrue();
    assertThat(member(alice, chat, BOB).owner()).isFalse();
  }

  @Test
  void chatsOutliveARestart() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    ChatId chat = alice.create("room");
    alice.admit(chat, bob);
    bob.awaitRead(alice.say(chat, "before"));
    alice.awaitRead(bob.log(chat).get(bob.log(chat).size() - 1));
    Chat before = bob.chat(chat);
    restart();
    assertThat(bob.chat(chat)).isEqualTo(before);
    Entry after = bob.say(chat, "after");
    assertThat(alice.heard().nextMessage()).isEqualTo(after.event());
  }

  static List<UserName> members(Participant one, ChatId chat) {
    return one.ask(new Command.Members(chat)).stream().map(Member::user).toList();
  }

  static Member member(Participant one, ChatId chat, UserName user) {
    return one.ask(new Command.Members(chat)).stream()
        .filter(member -> member.user().equals(user))
        .findFirst()
        .orElseThrow();
  }
}
