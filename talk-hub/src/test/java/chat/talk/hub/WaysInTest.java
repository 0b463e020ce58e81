package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Invitation;
import chat.talk.room.Link;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WaysInTest {
  private static final ChatId ROOM = ChatId.of("room");

  private final Lab lab = new Lab(builder -> builder);
  private final Session alice = lab.join("alice");

  @BeforeEach
  void makeARoom() {
    lab.ask(alice, new Command.Create(ROOM, "title"));
  }

  @Test
  void linksThatOpenAreBounded() {
    Link first = link();
    for (int i = 1; i < Command.MAX_WAYS_IN; i++) {
      link();
    }
    Command.CreateLink more = new Command.CreateLink(ROOM, Token.random(), Lab.HOUR, 1);
    assertThat(lab.refusal(alice, more)).isEqualTo(Code.LIMITED);
    lab.ask(alice, new Command.RevokeLink(ROOM, first.id()));
    assertThat(lab.refusal(alice, more)).isNull();
    assertThat(lab.ask(alice, new Command.Links(ROOM))).hasSize(Command.MAX_WAYS_IN);
  }

  @Test
  void expiredLinksAreForgottenADayLater() {
    link();
    lab.pass(Duration.ofDays(1));
    link();
    assertThat(lab.facts(Link.class)).hasSize(2);
    lab.pass(Duration.ofDays(1));
    link();
    assertThat(lab.facts(Link.class)).hasSize(2);
  }

  @Test
  void revokedLinksAreBounded() {
    for (int i = 0; i < Command.MAX_WAYS_IN + 5; i++) {
      lab.ask(alice, new Command.RevokeLink(ROOM, link().id()));
    }
    assertThat(lab.facts(Link.class)).hasSize(Command.MAX_WAYS_IN);
  }

  @Test
  void invitationsAreBounded() {
    for (int i = 0; i <= Command.MAX_WAYS_IN; i++) {
      lab.join("guest" + i).close();
    }
    for (int i = 0; i < Command.MAX_WAYS_IN; i++) {
      lab.ask(alice, invite(i));
    }
    assertThat(lab.refusal(alice, invite(0))).isNull();
    assertThat(lab.refusal(alice, invite(Command.MAX_WAYS_IN))).isEqualTo(Code.LIMITED);
    lab.ask(alice, new Command.Uninvite(ROOM, UserName.of("guest0")));
    assertThat(lab.refusal(alice, invite(Command.MAX_WAYS_IN))).isNull();
    assertThat(lab.facts(Invitation.class)).hasSize(Command.MAX_WAYS_IN);
  }

  private static Command.Invite invite(int guest) {
    return new Command.Invite(ROOM, UserName.of("guest" + guest));
  }

  private Link link() {
    return lab.ask(alice, new Command.CreateLink(ROOM, Token.random(), Lab.HOUR, 1));
  }
}
