package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.Entry;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Fact;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class DevicesTest {
  private static final UserName ALICE = UserName.of("alice");

  private final Lab lab = new Lab(builder -> builder);
  private final Token token = Token.random();
  private final Session alice = lab.join(new Login.NewUser(ALICE, token));

  @Test
  void revokedDeviceSetsNoPassword() {
    CompletableFuture<Void> set = alice.call(new Command.SetPassword("correct horse"));
    alice.call(new Command.RevokeDevice(alice.device()));
    lab.run();
    assertThat(Lab.code(set)).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(password()).isNull();
  }

  @Test
  void sessionThatWasReplacedSetsNoPassword() {
    CompletableFuture<Void> set = alice.call(new Command.SetPassword("correct horse"));
    lab.join(new Login.Known(token));
    assertThat(Lab.code(set)).isEqualTo(Code.UNREACHABLE);
    assertThat(password()).isNull();
  }

  @Test
  void laterPasswordCounts() {
    alice.call(new Command.SetPassword("correct horse"));
    lab.ask(alice, new Command.SetPassword("battery staple"));
    Session again = lab.join(new Login.Password(ALICE, "battery staple", Token.random()));
    assertThat(again.user()).isEqualTo(ALICE);
  }

  @Test
  void revokedDeviceAcknowledgesNothing() {
    Entry sent = lab.say(alice, Lab.GENERAL, "text");
    alice.call(new Command.RevokeDevice(alice.device()));
    CompletableFuture<Void> behind =
        alice.call(new Command.Acknowledge(Map.of(Lab.GENERAL, sent.cursor()), true));
    lab.run();
    lab.pass(Lab.HOUR);
    assertThat(Lab.code(behind)).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(lab.facts(Fact.Delivered.class)).isEmpty();
  }

  private String password() {
    return lab.facts(Fact.User.class).get(0).password();
  }
}
