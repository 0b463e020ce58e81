package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Entry;
import chat.talk.UserName;
import chat.talk.room.BlobStore;
import chat.talk.room.Command;
import chat.talk.room.Device;
import chat.talk.room.Fact;
import chat.talk.room.FileUpload;
import chat.talk.room.HubStorage.Change;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class DevicesTest {
  private static final UserName ALICE = UserName.of("alice");

  private final Lab lab = new Lab(builder -> builder.blobs(BlobStore.inMemory(1 << 20)));
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

  @Test
  void revokedDeviceLetsNobodyIn() {
    Session laptop = secondDevice();
    alice.call(new Command.RevokeDevice(laptop.device()));
    Token late = Token.random();
    CompletableFuture<?> behind = laptop.call(new Command.AddDevice(late));
    lab.run();
    assertThat(Lab.code(behind)).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(lab.facts(Fact.Machine.class)).hasSize(1);
  }

  @Test
  void deviceThatIsLetInJustBeforeGoesToo() {
    Session laptop = secondDevice();
    Token late = Token.random();
    CompletableFuture<?> before = laptop.call(new Command.AddDevice(late));
    alice.call(new Command.RevokeDevice(laptop.device()));
    lab.run();
    assertThat(Lab.code(before)).isNull();
    assertThat(lab.facts(Fact.Machine.class)).hasSize(1);
    assertThat(lab.facts(Fact.Delivered.class)).hasSize(1);
  }

  @Test
  void allGoInOneCommit() {
    Session laptop = secondDevice();
    lab.ask(laptop, new Command.AddDevice(Token.random()));
    long before = lab.storage.writes();
    lab.ask(alice, new Command.RevokeDevice(laptop.device()));
    assertThat(lab.storage.writes()).isEqualTo(before + 1);
    assertThat(lab.facts(Fact.Machine.class)).hasSize(1);
  }

  @Test
  void ringOfDevicesThatTheStorageMayTellOfGoesAsAWhole() {
    Session laptop = secondDevice();
    lab.stop();
    Fact.Machine first = machine(alice.device());
    Fact.Machine letIn =
        new Fact.Machine(first.id(), first.user(), first.digest(), first.since(), laptop.device());
    lab.storage.commit(List.of(new Change.Put(letIn)));
    lab.open();
    Session again = lab.join(new Login.Known(token));
    lab.ask(again, new Command.RevokeDevice(laptop.device()));
    assertThat(lab.facts(Fact.Machine.class)).isEmpty();
  }

  private Fact.Machine machine(String id) {
    return lab.facts(Fact.Machine.class).stream()
        .filter(machine -> machine.id().equals(id))
        .findAny()
        .orElseThrow();
  }

  @Test
  void revokingThatIsNotStoredShutsNobodyOut() {
    Session laptop = secondDevice();
    Token script = Token.random();
    lab.ask(laptop, new Command.AddDevice(script));
    lab.storage.refuseWrites(1);
    assertThat(lab.refusal(alice, new Command.RevokeDevice(laptop.device())))
        .isEqualTo(Code.STORAGE);
    assertThat(lab.ask(laptop, new Command.Devices())).hasSize(3);
    assertThat(lab.join(new Login.Known(script)).user()).isEqualTo(ALICE);
  }

  @Test
  void deviceStaysLetInWhenItIsNotStoredThatItCameByItself() {
    lab.ask(alice, new Command.SetPassword("correct horse"));
    Token second = Token.random();
    lab.ask(alice, new Command.AddDevice(second));
    lab.storage.refuseWrites(1);
    Login byItself = new Login.Password(ALICE, "correct horse", second);
    assertThatThrownBy(() -> lab.join(byItself)).hasCauseInstanceOf(ChatException.class);
    assertThat(lab.ask(alice, new Command.Devices()))
        .extracting(Device::letInBy)
        .containsExactlyInAnyOrder(null, alice.device());
  }

  @Test
  void uploadOfARevokedDeviceWithoutASessionEnds() {
    Token second = Token.random();
    String device = lab.ask(alice, new Command.AddDevice(second)).id();
    FileUpload upload = lab.upload(new Login.Known(second));
    lab.ask(alice, new Command.RevokeDevice(device));
    assertThat(Lab.code(upload.write(ByteBuffer.allocate(1)))).isEqualTo(Code.UNREACHABLE);
  }

  private Session secondDevice() {
    Token second = Token.random();
    lab.ask(alice, new Command.AddDevice(second));
    return lab.join(new Login.Known(second));
  }

  private String password() {
    return lab.facts(Fact.User.class).get(0).password();
  }
}
