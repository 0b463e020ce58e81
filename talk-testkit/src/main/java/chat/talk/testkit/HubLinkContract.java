package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Event;
import chat.talk.Notice;
import chat.talk.room.Command;
import chat.talk.room.JoinRequest;
import chat.talk.room.Link;
import chat.talk.room.Token;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link HubContract} about coming into a private chat by a link. */
abstract class HubLinkContract extends HubOwnerContract {
  @Test
  void newLinkSaysWhatItOpens() {
    Participant alice = join(ALICE);
    room(alice);
    Link link = link(alice, 3);
    assertThat(link).isEqualTo(new Link(LINK.digest(), ROOM, clock.now().plus(HOUR), 3, false));
    assertThat(alice.ask(new Command.Links(ROOM))).containsExactly(link);
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void whoKnocksWaitsUntilTheOwnerLetsHimIn() {
    Participant alice = join(ALICE);
    room(alice);
    link(alice, 3);
    Participant carol = join(CAROL);
    JoinRequest request = carol.ask(new Command.Knock(LINK));
    assertThat(request).isEqualTo(new JoinRequest(ROOM, CAROL, LINK.digest(), clock.now()));
    alice.isTold(new Notice.Requested(ROOM, CAROL));
    assertThat(alice.ask(new Command.Requests(ROOM))).containsExactly(request);
    assertRefused(Code.FORBIDDEN, carol.client().send(ROOM, "not yet"));
    alice.ask(new Command.Approve(ROOM, CAROL));
    carol.isTold(new Notice.Entered(ROOM));
    carol.say(ROOM, "here I am");
    assertThat(alice.ask(new Command.Requests(ROOM))).isEmpty();
    assertThat(alice.events(ROOM, Event.Joined.class))
        .last()
        .extracting(Event.Joined::author, Event.Joined::member)
        .containsExactly(ALICE, CAROL);
  }

  @Test
  void whoIsRejectedStaysOut() {
    Participant alice = join(ALICE);
    room(alice);
    link(alice, 3);
    Participant carol = join(CAROL);
    carol.ask(new Command.Knock(LINK));
    alice.ask(new Command.Reject(ROOM, CAROL));
    assertThat(alice.ask(new Command.Requests(ROOM))).isEmpty();
    assertThat(carol.findChat(ROOM)).isEmpty();
    assertThat(alice.refusal(new Command.Approve(ROOM, CAROL))).isEqualTo(Code.NOT_FOUND);
    assertRefused(Code.FORBIDDEN, carol.client().send(ROOM, "but"));
  }

  @Test
  void nobodyIsLetInWhoDoesNotWait() {
    Participant alice = join(ALICE);
    room(alice);
    join(CAROL);
    assertThat(alice.refusal(new Command.Approve(ROOM, CAROL))).isEqualTo(Code.NOT_FOUND);
    assertThat(alice.refusal(new Command.Approve(ROOM, NOBODY))).isEqualTo(Code.NOT_FOUND);
    assertThat(members(alice, ROOM)).hasSize(2);
  }

  @Test
  void knockingTwiceIsOneRequestAndOneUse() {
    Participant alice = join(ALICE);
    room(alice);
    link(alice, 2);
    Participant carol = join(CAROL);
    assertThat(carol.ask(new Command.Knock(LINK))).isEqualTo(carol.ask(new Command.Knock(LINK)));
    assertThat(alice.ask(new Command.Requests(ROOM))).hasSize(1);
    assertThat(alice.ask(new Command.Links(ROOM))).extracting(Link::uses).containsExactly(1);
  }

  @Test
  void usedUpLinkOpensNothing() {
    Participant alice = join(ALICE);
    room(alice);
    link(alice, 1);
    Participant carol = join(CAROL);
    JoinRequest request = carol.ask(new Command.Knock(LINK));
    assertThat(join(DAVE).refusal(new Command.Knock(LINK))).isEqualTo(Code.GONE);
    assertThat(carol.ask(new Command.Knock(LINK))).isEqualTo(request);
    assertThat(alice.ask(new Command.Links(ROOM))).isEmpty();
    alice.ask(new Command.Approve(ROOM, CAROL));
    assertThat(members(alice, ROOM)).hasSize(3);
  }

  @Test
  void linkEndsAtItsTime() {
    Participant alice = join(ALICE);
    room(alice);
    link(alice, 9);
    clock.advance(HOUR.minus(TICK));
    join(CAROL).ask(new Command.Knock(LINK));
    clock.advance(TICK);
    assertThat(join(DAVE).refusal(new Command.Knock(LINK))).isEqualTo(Code.GONE);
    assertThat(alice.ask(new Command.Links(ROOM))).isEmpty();
    alice.ask(new Command.Approve(ROOM, CAROL));
  }

  @Test
  void revokedLinkOpensNothing() {
    Participant alice = join(ALICE);
    room(alice);
    Link link = link(alice, 9);
    alice.ask(new Command.RevokeLink(ROOM, link.id()));
    assertThat(join(CAROL).refusal(new Command.Knock(LINK))).isEqualTo(Code.GONE);
    assertThat(alice.ask(new Command.Links(ROOM))).isEmpty();
  }

  @Test
  void linkOfAnotherChatIsNotRevoked() {
    Participant alice = join(ALICE);
    room(alice);
    Link link = link(alice, 9);
    Participant carol = join(CAROL);
    ChatId other = carol.create("carol's");
    assertThat(carol.refusal(new Command.RevokeLink(other, link.id()))).isEqualTo(Code.NOT_FOUND);
    assertThat(carol.ask(new Command.Knock(LINK)).chat()).isEqualTo(ROOM);
  }

  @Test
  void unknownLinkOpensNothing() {
    Participant alice = join(ALICE);
    room(alice);
    link(alice, 9);
    assertThat(join(CAROL).refusal(new Command.Knock(Token.random()))).isEqualTo(Code.NOT_FOUND);
    assertThat(alice.refusal(new Command.RevokeLink(ROOM, "unknown"))).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void memberNeedNotKnock() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    link(alice, 9);
    assertThat(bob.refusal(new Command.Knock(LINK))).isEqualTo(Code.CONFLICT);
    assertThat(alice.refusal(new Command.Knock(LINK))).isEqualTo(Code.CONFLICT);
    assertThat(alice.ask(new Command.Links(ROOM))).extracting(Link::uses).containsExactly(9);
  }

  @Test
  void creatingALinkAgainIsTheSameLink() {
    Participant alice = join(ALICE);
    room(alice);
    Link first = link(alice, 9);
    assertThat(link(alice, 9)).isEqualTo(first);
    ChatId other = alice.create("another");
    assertThat(alice.refusal(new Command.CreateLink(other, LINK, HOUR, 9)))
        .isEqualTo(Code.CONFLICT);
    assertThat(alice.ask(new Command.Links(ROOM))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Command.MAX_USES + 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void badNumberOfUsesIsRefused(int uses) {
    Participant alice = join(ALICE);
    room(alice);
    assertThat(alice.refusal(new Command.CreateLink(ROOM, LINK, HOUR, uses)))
        .isEqualTo(Code.INVALID);
    assertThat(alice.ask(new Command.Links(ROOM))).isEmpty();
  }

  @Test
  void badValidityIsRefused() {
    Participant alice = join(ALICE);
    room(alice);
    List<Duration> bad =
        List.of(
            Duration.ZERO,
            HOUR.negated(),
            Command.MAX_VALIDITY.plusNanos(1),
            Duration.ofSeconds(Long.MAX_VALUE),
            Duration.ofSeconds(Long.MIN_VALUE));
    for (Duration validity : bad) {
      assertThat(alice.refusal(new Command.CreateLink(ROOM, LINK, validity, 1)))
          .isEqualTo(Code.INVALID);
    }
    assertThat(alice.ask(new Command.Links(ROOM))).isEmpty();
    alice.ask(new Command.CreateLink(ROOM, LINK, Command.MAX_VALIDITY, Command.MAX_USES));
  }

  @Test
  void linksAndRequestsOutliveARestart() {
    Participant alice = join(ALICE);
    room(alice);
    link(alice, 2);
    Participant carol = join(CAROL);
    JoinRequest request = carol.ask(new Command.Knock(LINK));
    List<Link> links = alice.ask(new Command.Links(ROOM));
    restart();
    assertThat(alice.ask(new Command.Links(ROOM))).isEqualTo(links);
    assertThat(alice.ask(new Command.Requests(ROOM))).containsExactly(request);
    join(DAVE).ask(new Command.Knock(LINK));
    assertThat(alice.ask(new Command.Links(ROOM))).isEmpty();
  }

  @Test
  void linkIntoAClosedChatOpensNothing() {
    Participant alice = join(ALICE);
    room(alice);
    link(alice, 9);
    alice.ask(new Command.Close(ROOM));
    assertThat(join(CAROL).refusal(new Command.Knock(LINK))).isEqualTo(Code.GONE);
  }

  private static Link link(Participant owner, int uses) {
    return owner.ask(new Command.CreateLink(ROOM, LINK, HOUR, uses));
  }
}
