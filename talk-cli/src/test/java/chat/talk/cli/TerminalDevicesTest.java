package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.UserName;
import chat.talk.room.Token;
import chat.talk.testkit.Recorder;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A user's devices in a hub's terminal: how they come in, and are shut out. */
final class TerminalDevicesTest extends TerminalFixture {
  private static final String[] FIRST_COMPUTER_IS_OUT = {
    "device 1 is shut out, and with it what it let in:",
    "  2  since then  let in by 1",
    "  3  since then  let in by 1",
    "  4  since then  connected  this one",
    "  5  since then  talk send on this computer  let in by 4",
    "  6  since then  talk tail on this computer  let in by 4"
  };

  @Test
  void thePasswordLetsAnotherDeviceIn() {
    Screen ada = house.enter("ada", ":password", "correct horse", ":devices", ":password", "short");
    assertThat(ada.out()).contains("'talk join' with --password lets further devices in now");
    assertThat(ada.err()).hasSize(1).noneMatch(line -> line.contains("short"));
    Screen second = house.enter(laptop("correct horse", null), "from my laptop", ":devices");
    assertThat(second.exitCode).isZero();
    assertThat(second.out()).contains("[general] #1 ada: from my laptop");
    assertThat(failure(() -> house.enter(laptop("wrong", null)))).contains("wrong");
  }

  @Test
  void aDeviceIsShutOut() {
    house.enter("ada");
    Screen ada = house.enter("ada", ":revoke 1", ":devices", ":revoke 2", ":revoke x", ":devices");
    assertThat(ada.err())
        .containsExactly(
            "error: no device has the number 1 (:devices shows them)",
            "error: no device has the number x (:devices shows them)");
    assertThat(ada.out()).contains("device 2 is shut out").hasSize(6);
  }

  @Test
  void devicesTellWhatTheyAreForAndWhoLetThemIn() {
    assertThat(house.enter("ada", ":devices").out())
        .map(TerminalDevicesTest::untimed)
        .containsExactly(
            "  1  since then  connected  this one",
            "  2  since then  talk send on this computer  let in by 1",
            "  3  since then  talk tail on this computer  let in by 1");
  }

  @Test
  void aLostComputerIsShutOutEntirely() {
    house.enter("ada", ":password", "correct horse");
    Screen second = house.enter(laptop("correct horse", null), ":devices", ":revoke 1", ":devices");
    assertThat(second.out())
        .map(TerminalDevicesTest::untimed)
        .hasSize(12)
        .startsWith(
            "  1  since then",
            "  2  since then  let in by 1",
            "  3  since then  let in by 1",
            "  4  since then  connected  this one",
            "  5  since then  talk send on this computer  let in by 4",
            "  6  since then  talk tail on this computer  let in by 4")
        .endsWith(FIRST_COMPUTER_IS_OUT);
    String refusal =
        "the name ada is taken, and the token here doesn't open it (any more)"
            + ": come with --password or --token";
    assertThat(failure(() -> house.enter("ada"))).isEqualTo(refusal);
    assertThat(failure(() -> house.chats("ada"))).isEqualTo(refusal);
  }

  @Test
  void aDeviceStaysWhenItRevokesTheOneThatLetItInOnceItHasComeByThePassword() {
    house.enter("ada");
    Arrival vouchedFor = laptop(null, terminalToken());
    Screen letIn = house.enter(vouchedFor, ":devices", ":revoke 1", ":password", "correct horse");
    assertThat(letIn.out())
        .map(TerminalDevicesTest::untimed)
        .contains("  4  since then  connected  this one  let in by 1");
    assertThat(letIn.err())
        .containsExactly(
            "error: device 1 let this one in, which would be shut out with it: set a password"
                + " (:password), start 'talk join' with --password here, and revoke it then");
    Screen byItself =
        house.enter(laptop("correct horse", null), ":devices", ":revoke 1", ":devices");
    assertThat(byItself.err()).isEmpty();
    assertThat(byItself.out()).map(TerminalDevicesTest::untimed).endsWith(FIRST_COMPUTER_IS_OUT);
  }

  @Test
  void programsAreToldWhichDevicesAreGone() {
    Screen ada = house.enterJson("ada", ":devices", ":revoke 3");
    assertThat(ada.out())
        .last()
        .asString()
        .matches(
            "\\{\"type\":\"answer\",\"to\":\":revoke\",\"value\":"
                + "\\[\\{\"id\":\"[^\"]+\",[^{]+,\"letInBy\":\"[^\"]+\"}]}");
  }

  @Test
  void whoIsShutOutIsToldAndLeaves() throws Exception {
    try (PipedOutputStream keyboard = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(keyboard, 1 << 16)) {
      Screen ada = new Screen(in);
      house.enter("ada");
      Recorder bob = new Recorder();
      house.client("bob", bob);
      CompletableFuture<Integer> run =
          CompletableFuture.supplyAsync(() -> house.run(house.arrival("ada"), ada.console()));
      keyboard.write("I am here\n".getBytes(StandardCharsets.UTF_8));
      keyboard.flush();
      bob.nextMessage();
      house.revokeAll("ada");
      assertThat(house.awaitEnd()).isTrue();
      assertThat(ada.err())
          .containsExactly("error: this device is not at the hub any more: the device was revoked");
      keyboard.close();
      assertThat(run.get(10, TimeUnit.SECONDS)).isZero();
    }
  }

  /** Ada at another computer of hers. */
  private Arrival laptop(@Nullable String password, @Nullable Token voucher) {
    Devices there = new Devices(home.resolve("laptop"), HubHouse.URL, UserName.of("ada"));
    return new Arrival(house.hub, there, password, voucher);
  }

  private Token terminalToken() {
    try (SecretFile file = house.devices("ada").require(Devices.TERMINAL)) {
      return Devices.token(file);
    }
  }

  private static String untimed(String line) {
    return line.replaceAll("since (\\S+ )?\\d\\d:\\d\\d", "since then");
  }
}
