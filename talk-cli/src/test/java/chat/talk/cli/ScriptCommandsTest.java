package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.UserName;
import chat.talk.room.HubClient;
import chat.talk.room.HubClientBuilder;
import chat.talk.room.Outbox;
import chat.talk.room.Token;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code talk send}, {@code talk tail} and {@code talk admin}, over a hub in this JVM. */
final class ScriptCommandsTest extends TerminalFixture {
  @Test
  void aMessageIsSentToAUserOrIntoAChat() {
    house.enter("ada", ":create Club");
    house.client("bob");
    send("ada", "hello", "world");
    send("ada", "--to", "bob", "psst");
    send("ada", "--chat", "club", "members only");
    assertThat(
            house
                .enter("ada", ":history", ":with bob", ":history", ":join Club", ":history 1")
                .out())
        .contains(
            "[general] #1 ada: hello world", "[@bob] #1 ada: psst", "[Club] #2 ada: members only");
  }

  @Test
  void whatCannotBeSentFails() {
    assertThat(failure(() -> send("ada", "--to", "nobody", "x"))).contains("nobody");
    assertThat(failure(() -> send("ada", "--chat", "none", "x")))
        .contains("you are in no chat none");
  }

  @Test
  void theTextMayComeFromStdin() {
    var in = new ByteArrayInputStream("two\nlines\n".getBytes(StandardCharsets.UTF_8));
    assertThat(SendProgram.text(List.of("-"), in)).isEqualTo("two\nlines");
    assertThat(
            failure(
                () -> SendProgram.text(List.of("-"), new ByteArrayInputStream(new byte[] {-1}))))
        .isEqualTo("stdin is no UTF-8");
  }

  @Test
  void aScriptDoesNotPutTheTerminalOut() {
    Screen screen = new Screen(":status", ":status");
    RoomSession session =
        new RoomSession(
            house.arrival("ada"), screen.console(), Outbox.inMemory(), house.ended::countDown);
    try (SecretFile file = house.devices("ada").require(Devices.TERMINAL);
        HubClient me = house.arrival("ada").terminal(file, Outbox.inMemory(), session.screen())) {
      me.devices().join();
      send("ada", "from a script");
      assertThat(session.run(me)).isZero();
    }
    assertThat(house.ended.getCount()).isEqualTo(1);
    assertThat(screen.err()).isEmpty();
    assertThat(house.enter("ada", ":history").out()).contains("[general] #1 ada: from a script");
  }

  @Test
  void whoComesFirstAsAScriptMayComeAsATerminalLater() {
    send("bot", "hello");
    assertThat(house.enter("bot", ":history").out()).contains("[general] #1 bot: hello");
  }

  @Test
  void tailPrintsWhatComesFromThenOn() throws Exception {
    send("ada", "before");
    Screen screen = new Screen();
    CompletableFuture<Integer> tail = tail("bob", screen.console(), "--count", "2");
    for (int i = 0; i < 1_000 && !tail.isDone(); i++) {
      send("ada", "again");
    }
    assertThat(tail.get(20, TimeUnit.SECONDS)).isZero();
    assertThat(screen.out()).hasSize(2).allMatch(line -> line.endsWith(" ada: again"));
  }

  @Test
  void tailBeginsWhereItIsTold() throws Exception {
    send("ada", "one");
    send("ada", "two");
    Screen screen = new Screen();
    tail("ada", screen.jsonConsole(), "--from", "start", "--chat", "general", "--count", "2")
        .get(20, TimeUnit.SECONDS);
    assertThat(screen.out()).hasSize(2);
    assertThat(screen.out().get(0))
        .startsWith("{\"type\":\"message\",\"cursor\":\"")
        .contains("\"author\":\"ada\"", "\"text\":\"one\"")
        .doesNotContain("revision");
  }

  @Test
  void anAdministratorsNameIsTakenBeforeAStrangerCan() throws Exception {
    Administrators kept = Administrators.in(home);
    UserName root = UserName.of("root");
    assertThat(kept.settle(house.hub, root)).isTrue();
    assertThat(kept.settle(house.hub, root)).isTrue();
    assertThat(kept.names()).containsExactly(root);
    Path token = kept.token(root);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
        .isEqualTo("rw-------");
    assertThat(failure(() -> house.enter("root"))).contains("taken");
  }

  @Test
  void aStrangersNameBecomesNoTokenOfTheHubs() {
    house.client("root");
    Administrators kept = Administrators.in(home);
    assertThat(kept.settle(house.hub, UserName.of("root"))).isFalse();
    assertThat(kept.names()).isEmpty();
  }

  @Test
  void anAdministratorBansAndPardons() {
    house.client("troll");
    Screen screen = new Screen();
    UserName troll = UserName.of("troll");
    administer(screen, tasks -> tasks.ban(troll, Duration.ofHours(1), "spam"));
    administer(screen, AdminTasks::bans);
    administer(screen, tasks -> tasks.unban(troll, "said sorry"));
    administer(screen, AdminTasks::bans);
    administer(screen, tasks -> tasks.reports(troll));
    administer(screen, tasks -> tasks.audit(10));
    assertThat(screen.out())
        .anyMatch(line -> line.startsWith("troll  until "))
        .contains("troll may send again", "nobody is banned", "no report about troll counts")
        .anyMatch(line -> line.contains("root BAN troll: ") && line.contains("spam"));
    assertThat(failure(() -> administer(screen, tasks -> tasks.reports(UserName.of("x")))))
        .contains("x");
  }

  @Test
  void anAdministratorClosesConnections() {
    house.client("ada");
    Screen screen = new Screen();
    administer(screen, AdminTasks::connections);
    String line =
        screen.out().stream().filter(one -> one.contains("  ada  ")).findFirst().orElseThrow();
    long id = Long.parseLong(line.substring(0, line.indexOf(' ')));
    administer(screen, tasks -> tasks.check(id));
    administer(screen, tasks -> tasks.disconnect(id));
    assertThat(screen.out())
        .contains("connection " + id + " takes what it is sent", "connection " + id + " is closed");
    assertThat(failure(() -> administer(screen, tasks -> tasks.disconnect(99_999)))).isNotEmpty();
  }

  @Test
  void aUserIsNoAdministrator() {
    assertThat(
            failure(
                () -> {
                  try (HubClient ada = house.client("ada")) {
                    new AdminTasks(ada, new Screen().console()).bans();
                  }
                }))
        .isNotEmpty();
  }

  @Test
  void theTokenOfSomebodyElseSpeaksForNobody() {
    house.enter("ada");
    try (SecretFile adas = house.devices("ada").awaitScript();
        SecretFile zeds = house.devices("zed").awaitScript()) {
      Arrival zed = new Arrival(house.hub, house.devices("zed"), null, Devices.token(adas));
      assertThatThrownBy(() -> zed.further(zeds, HubClientBuilder::readsByItself))
          .isInstanceOf(Failure.class)
          .hasMessage("the token is that of ada, not of zed");
    }
    assertThat(house.enter("zed", "Hello").out()).last().asString().contains("zed: Hello");
  }

  private void administer(Screen screen, Consumer<AdminTasks> task) {
    UserName root = UserName.of("root");
    Administrators kept = Administrators.in(home);
    kept.settle(house.hub, root);
    Token token = TokenOption.in(kept.token(root));
    Arrival arrival = new Arrival(house.hub, house.devices("root"), null, token);
    try (SecretFile file = arrival.devices().awaitScript();
        HubClient me = arrival.further(file, HubClientBuilder::readsByItself)) {
      task.accept(new AdminTasks(me, screen.console()));
    }
  }

  private void send(String name, String... args) {
    SendCommand command = new SendCommand();
    parse(command, name, args);
    Arrival arrival = house.arrival(name);
    try (SecretFile file = arrival.devices().awaitScript();
        HubClient me = arrival.further(file, HubClientBuilder::readsByItself)) {
      SendProgram.send(me, command, SendProgram.text(command.words, System.in));
    }
  }

  private CompletableFuture<Integer> tail(String name, Console console, String... args) {
    TailCommand command = new TailCommand();
    parse(command, name, args);
    return CompletableFuture.supplyAsync(
        () -> {
          Arrival arrival = house.arrival(name);
          try (SecretFile file = arrival.devices().tail()) {
            return TailProgram.follow(command, arrival, file, console);
          }
        });
  }

  private static void parse(Object command, String name, String... args) {
    String[] all = new String[args.length + 3];
    all[0] = HubHouse.URL;
    all[1] = "--name";
    all[2] = name;
    System.arraycopy(args, 0, all, 3, args.length);
    new CommandLine(command).parseArgs(all);
  }
}
