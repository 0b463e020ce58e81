package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.HubClient;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A computer that was shut out, and whose tokens may be in others' hands, comes back. */
final class ShutOutTest {
  private static final String PASSWORD = "correct horse";

  @TempDir Path home;

  private HubHouse house;
  private Devices adas;

  @BeforeEach
  void open() {
    house = new HubHouse(home);
    adas = house.devices("ada");
    house.enter("ada", ":password", PASSWORD);
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void byThePasswordItComesWithNewTokens() {
    Set<Token> old = tokens(adas);
    house.revokeAll("ada");
    enter(new Arrival(house.hub, adas, PASSWORD, null));
    assertThat(old).hasSize(3).noneMatch(this::opens);
    assertThat(tokens(adas)).hasSize(3).allMatch(this::opens);
    assertThat(house.enter("ada", "I am back").out()).contains("[general] #1 ada: I am back");
  }

  @Test
  void aScriptThatComesFirstMakesTheTerminalsTokenAnew() {
    Set<Token> old = tokens(adas);
    house.revokeAll("ada");
    Arrival byPassword = new Arrival(house.hub, adas, PASSWORD, null);
    try (SecretFile file = adas.awaitScript();
        HubClient script = byPassword.further(file, builder -> builder)) {
      assertThat(script.devices().join()).hasSize(2);
    }
    assertThat(old).hasSize(3).noneMatch(this::opens);
    assertThat(house.enter("ada", "I am back").out()).contains("[general] #1 ada: I am back");
    assertThat(tokens(adas)).hasSize(3).allMatch(this::opens);
  }

  @Test
  void aScriptThatAloneWasShutOutGetsANewTokenFromTheTerminal() {
    house.enter("ada", ":devices", ":revoke 2");
    Set<Token> old = tokens(adas);
    assertThat(old).filteredOn(this::opens).hasSize(2);
    house.enter("ada");
    assertThat(old).filteredOn(this::opens).hasSize(2);
    assertThat(tokens(adas)).hasSize(3).allMatch(this::opens);
  }

  @Test
  void byAnotherDevicesTokenItComesWithNewTokens() {
    Devices phone = new Devices(home.resolve("phone"), "http://127.0.0.1:8000", ada());
    Arrival letIn = new Arrival(house.hub, phone, null, terminal(adas));
    enter(letIn);
    Set<Token> old = tokens(phone);
    assertThat(house.enter("ada", ":devices", ":revoke 4").err()).isEmpty();
    assertThat(old).hasSize(3).noneMatch(this::opens);
    enter(letIn);
    assertThat(old).noneMatch(this::opens);
    assertThat(tokens(phone)).hasSize(3).allMatch(this::opens);
  }

  @Test
  void whoWasNotShutOutKeepsHisTokens() {
    Set<Token> before = tokens(adas);
    enter(new Arrival(house.hub, adas, PASSWORD, null));
    assertThat(tokens(adas)).isEqualTo(before).allMatch(this::opens);
  }

  @Test
  void whoHasNoOtherWayInKeepsHisTokens() {
    Set<Token> before = tokens(adas);
    house.revokeAll("ada");
    assertThatThrownBy(() -> house.enter("ada")).hasMessageContaining("come with --password");
    assertThatThrownBy(() -> house.chats("ada")).hasMessageContaining("come with --password");
    assertThat(tokens(adas)).isEqualTo(before).noneMatch(this::opens);
  }

  private void enter(Arrival arrival) {
    assertThat(house.run(arrival, new Screen().console())).isZero();
  }

  private boolean opens(Token token) {
    return house
        .hub
        .ask(new Login.Known(token), new Command.Identify())
        .handle((known, failure) -> failure == null)
        .join();
  }

  private static UserName ada() {
    return UserName.of("ada");
  }

  private static Set<Token> tokens(Devices devices) {
    Set<Token> tokens = new HashSet<>(devices.tokens().keySet());
    tokens.add(terminal(devices));
    return tokens;
  }

  private static Token terminal(Devices devices) {
    try (SecretFile file = devices.require(Devices.TERMINAL)) {
      return Devices.token(file);
    }
  }
}
