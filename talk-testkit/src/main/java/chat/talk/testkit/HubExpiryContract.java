package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage.Revision;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.UserName;
import chat.talk.room.Command;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The part of {@link HubContract} about messages that go some time after they were delivered. */
abstract class HubExpiryContract extends HubLimitContract {
  @Test
  void messagesStayUnlessAskedToGo() {
    Participant alice = join(ALICE);
    alice.say(alice.general(), "stays");
    clock.advance(HOUR.multipliedBy(10_000));
    assertThat(alice.history(alice.general())).containsExactly("stays");
  }

  @Test
  void messageGoesItsTimeAfterItWasDelivered() {
    Participant alice = expiring(ALICE);
    Participant bob = join(BOB);
    Entry sent = delivered(alice.say(alice.general(), "passing"), alice, bob);
    clock.advance(HOUR.minus(TICK));
    assertThat(bob.find(sent).text()).isEqualTo("passing");
    clock.advance(TICK);
    awaitExpired(sent, alice, bob);
    assertThat(bob.messages(alice.general()))
        .containsExactly(Participant.message(sent).blanked(Revision.EXPIRED));
  }

  @Test
  void expiryIsToldToEverybody() {
    Participant alice = expiring(ALICE);
    Participant bob = join(BOB);
    Entry sent = delivered(alice.say(alice.general(), "passing"), alice, bob);
    clock.advance(HOUR);
    awaitExpired(sent, alice);
    for (Participant one : List.of(alice, bob)) {
      Event.Expired expired = one.hears(Event.Expired.class);
      assertThat(expired.chat()).isEqualTo(alice.general());
      assertThat(expired.upTo().sequence()).isGreaterThanOrEqualTo(sent.cursor().sequence());
    }
  }

  @Test
  void messageStaysWhileSomebodyHasNotGotIt() {
    Participant alice = expiring(ALICE);
    Participant bob = join(BOB);
    bob.client().close();
    Entry sent = delivered(alice.say(alice.general(), "wait for bob"), alice);
    clock.advance(HOUR.multipliedBy(100));
    assertThat(alice.find(sent).text()).isEqualTo("wait for bob");
    Participant again = back(bob);
    again.heard().awaitTexts("wait for bob");
    again.awaitRead(sent);
    clock.advance(HOUR.minus(TICK));
    assertThat(alice.find(sent).text()).isEqualTo("wait for bob");
    clock.advance(TICK);
    awaitExpired(sent, alice, again);
  }

  @Test
  void olderMessageGoesBeforeTheNewer() {
    Participant alice = expiring(ALICE);
    Participant bob = join(BOB);
    Entry first = delivered(alice.say(alice.general(), "1"), alice, bob);
    clock.advance(HOUR.dividedBy(2));
    Entry second = delivered(alice.say(alice.general(), "2"), alice, bob);
    clock.advance(HOUR.dividedBy(2));
    awaitExpired(first, bob);
    assertThat(bob.find(second).text()).isEqualTo("2");
    clock.advance(HOUR.dividedBy(2));
    awaitExpired(second, bob);
  }

  @Test
  void whoLeavesDoesNotKeepAMessage() {
    Participant alice = expiring(ALICE);
    Participant bob = room(alice);
    bob.client().close();
    Entry sent = delivered(alice.say(ROOM, "not for bob any more"), alice);
    clock.advance(HOUR);
    assertThat(alice.find(sent).text()).isNotEmpty();
    alice.ask(new Command.Remove(ROOM, BOB));
    clock.advance(HOUR);
    awaitExpired(sent, alice);
  }

  @Test
  void whoComesLaterDoesNotKeepAMessage() {
    Participant alice = expiring(ALICE);
    alice.ask(new Command.Create(ROOM, "room"));
    Entry sent = delivered(alice.say(ROOM, "before bob came"), alice);
    Participant bob = join(BOB);
    alice.ask(new Command.Invite(ROOM, BOB));
    bob.ask(new Command.Accept(ROOM));
    bob.client().close();
    clock.advance(HOUR);
    awaitExpired(sent, alice);
  }

  @Test
  void expiredMessageIsNeitherCommentedOnNorEdited() {
    Participant alice = expiring(ALICE);
    Entry sent = delivered(alice.say(alice.general(), "passing"), alice);
    clock.advance(HOUR);
    awaitExpired(sent, alice);
    Draft comment = Draft.of(alice.general(), "on that").about(Participant.key(sent));
    assertRefused(Code.GONE, alice.client().send(comment));
    assertThat(alice.refusal(new Command.Edit(sent.event().id(), "back"))).isEqualTo(Code.GONE);
    assertThat(alice.find(sent).text()).isEmpty();
  }

  @Test
  void editedTextsExpireToo() {
    Participant alice = expiring(ALICE);
    Entry sent = alice.say(alice.general(), "secret 1");
    alice.ask(new Command.Edit(sent.event().id(), "secret 2"));
    delivered(alice.log(alice.general()).get(1), alice);
    clock.advance(HOUR);
    awaitExpired(sent, alice);
    awaitWithClock("no text", () -> !alice.log(alice.general()).toString().contains("secret"));
  }

  @Test
  void expiryOutlivesARestart() {
    Participant alice = expiring(ALICE);
    Participant bob = join(BOB);
    Entry sent = delivered(alice.say(BOB, "passing"), alice, bob);
    clock.advance(HOUR.dividedBy(2));
    restart();
    assertThat(alice.find(sent).text()).isEqualTo("passing");
    clock.advance(HOUR.dividedBy(2));
    awaitExpired(sent, alice, bob);
  }

  @Test
  void expiredMessagesAreNotUnread() {
    Participant alice = expiring(ALICE);
    Participant bob = joinUnreading(BOB);
    Entry sent = delivered(alice.say(alice.general(), "passing"), alice);
    bob.heard().awaitTexts("passing");
    ChatId general = bob.general();
    assertThat(bob.unread(general)).isEqualTo(1);
    bob.ask(new Command.Acknowledge(Map.of(general, sent.cursor()), false));
    clock.advance(HOUR);
    awaitExpired(sent, alice);
    assertThat(bob.unread(general)).isZero();
  }

  private Participant expiring(UserName name) {
    serve(options -> options.withMessageTtl(HOUR));
    return join(name);
  }

  /** Waits until the hub knows that all these have got it. */
  private static Entry delivered(Entry entry, Participant... readers) {
    for (Participant reader : readers) {
      reader.awaitRead(entry);
    }
    return entry;
  }

  private void awaitExpired(Entry entry, Participant... readers) {
    for (Participant reader : readers) {
      awaitWithClock("gone", () -> reader.find(entry).revision() == Revision.EXPIRED);
      assertThat(reader.find(entry).text()).isEmpty();
    }
  }
}
