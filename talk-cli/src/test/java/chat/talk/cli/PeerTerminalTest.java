package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.Peer;
import chat.talk.UserAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PeerTerminalTest {
  private final Town town = new Town();
  private Peer alice;

  @BeforeEach
  void aliceComes() {
    alice = town.add("alice");
  }

  @AfterEach
  void everybodyGoes() {
    town.close();
  }

  @Test
  void startsWithTheListOfUsers() {
    town.register("zoe", new UserAddress("WS", "10.0.0.7", 8081));
    Screen screen = new Screen();
    assertThat(run(screen)).isZero();
    assertThat(screen.out()).hasSize(3).startsWith("2 users");
    assertThat(screen.out().get(1)).matches(" {2}alice {2}loopback://.*  \\(you\\)");
    assertThat(screen.out().get(2)).isEqualTo("  zoe    ws://10.0.0.7:8081");
    assertThat(screen.err()).isEmpty();
  }

  @Test
  void textGoesToTheSelectedUser() throws InterruptedException {
    town.add("bob");
    Screen screen = new Screen(":user bob", "  Hello, Bob ", ":exit", "never sent");
    assertThat(run(screen)).isZero();
    assertThat(town.nextMessage().text()).isEqualTo("  Hello, Bob ");
    assertThat(screen.out()).last().isEqualTo("you talk to bob now");
  }

  @Test
  void textGoesWhereTheListSays() throws InterruptedException {
    town.add("carol");
    town.add("bob", (me, message) -> {});
    assertThat(run(new Screen(":user carol", "Is Bob here?"))).isZero();
    assertThat(town.nextMessage().text()).isEqualTo("Is Bob here?");
    UserAddress moved = town.move("bob");
    Screen screen = new Screen(":user bob", "Hello");
    assertThat(run(screen)).isZero();
    assertThat(screen.out()).contains("  bob    " + moved);
    assertThat(town.nextMessage().text()).isEqualTo("Hello");
  }

  @Test
  void theListMarksTheSelectedUser() {
    town.add("bob");
    Screen screen = new Screen(":user bob", ":update");
    assertThat(run(screen)).isZero();
    assertThat(screen.out()).last().asString().startsWith("> bob  ");
  }

  @Test
  void twoColonsSendOne() throws InterruptedException {
    town.add("bob");
    assertThat(run(new Screen(":user bob", "::exit"))).isZero();
    assertThat(town.nextMessage().text()).isEqualTo(":exit");
  }

  @Test
  void blankLinesAreIgnored() {
    Screen screen = new Screen("", "   ", "\t", ":exit");
    assertThat(run(screen)).isZero();
    assertThat(screen.err()).isEmpty();
  }

  @Test
  void textForNobodyIsAnError() {
    Screen screen = new Screen("Hello?");
    assertThat(run(screen)).isEqualTo(1);
    assertThat(screen.err()).singleElement().asString().startsWith("error: nobody is selected");
  }

  @Test
  void anUnknownUserIsAnErrorAndTheSelectionStays() throws InterruptedException {
    town.add("bob");
    Screen screen = new Screen(":user bob", ":user nobody", "still there?");
    assertThat(run(screen)).isEqualTo(1);
    assertThat(screen.err())
        .containsExactly("error: nobody is registered as nobody (:update lists who is)");
    assertThat(town.nextMessage().text()).isEqualTo("still there?");
  }

  @Test
  void aNameThatIsNoneIsAnError() {
    Screen screen = new Screen(":user", ":user a b", ":user ../x");
    assertThat(run(screen)).isEqualTo(3);
    assertThat(screen.err()).hasSize(3).allMatch(line -> line.startsWith("error: "));
  }

  @Test
  void aProtocolWithoutTransportIsAnError() {
    town.register("pigeon", new UserAddress("PIGEON", "roof", 1));
    Screen screen = new Screen(":user pigeon");
    assertThat(run(screen)).isEqualTo(1);
    assertThat(screen.err())
        .containsExactly(
            "error: pigeon is at pigeon://roof:1, and talk does not speak that protocol");
  }

  @Test
  void anUnknownCommandHintsAtHelp() {
    Screen screen = new Screen(":usr bob", ":EXIT", ":exit now", ":update all", ":");
    assertThat(run(screen)).isEqualTo(5);
    assertThat(screen.err())
        .startsWith("error: no such command: :usr (:help lists them all)")
        .hasSize(5);
  }

  @Test
  void commandsMayHaveSpaceAroundThem() {
    town.add("bob");
    Screen screen = new Screen(":user \t bob  ", ":update  ", ":exit ", "never read");
    assertThat(run(screen)).isZero();
  }

  @Test
  void helpNamesEveryCommand() {
    Screen screen = new Screen(":help");
    assertThat(run(screen)).isZero();
    assertThat(String.join("\n", screen.out())).contains(Commands.NAMES);
  }

  @Test
  void anAbsentRegistryIsAnErrorInOneLine() {
    town.isRegistryGone = true;
    Screen screen = new Screen(":update", ":user bob");
    assertThat(run(screen)).isEqualTo(3);
    assertThat(screen.err())
        .hasSize(3)
        .containsOnly("error: asking the registry failed: nobody\\u000aat home");
  }

  @Test
  void aSelectedUserWhoIsGoneIsDeselected() {
    town.add("bob");
    Leaver leaver = new Leaver(new Screen(":user bob", "LEAVE", ":update", "Hello?"), town, "bob");
    assertThat(new PeerTerminal(alice, leaver).run()).isEqualTo(1);
    assertThat(leaver.screen.out()).contains("bob is gone; you talk to nobody now");
    assertThat(leaver.screen.err()).singleElement().asString().contains("nobody is selected");
  }

  @Test
  void aRefreshDeselectsToo() {
    town.add("bob");
    Screen screen = new Screen(":user bob");
    PeerTerminal terminal = new PeerTerminal(alice, screen.console());
    terminal.run();
    terminal.refresh().join();
    assertThat(screen.out()).last().isEqualTo("you talk to bob now");
    town.remove("bob");
    terminal.refresh().join();
    terminal.refresh().join();
    assertThat(screen.out()).endsWith("you talk to bob now", "bob is gone; you talk to nobody now");
  }

  @Test
  void aFailedSendSaysWhy() {
    town.register("ghost", new UserAddress("LOOPBACK", "nowhere", 9));
    Screen screen = new Screen(":user ghost", "Boo");
    assertThat(run(screen)).isEqualTo(1);
    assertThat(screen.err()).singleElement().asString().startsWith("error: not sent to ghost: ");
  }

  @Test
  void whatIsSaidToOneselfIsShown() {
    Screen screen = new Screen(":user carol", "Hello, me");
    PlainConsole console = screen.console();
    Peer carol = town.add("carol", new Inbox(console));
    assertThat(new PeerTerminal(carol, console).run()).isZero();
    carol.close();
    assertThat(screen.out()).last().isEqualTo("carol: Hello, me");
  }

  private int run(Screen screen) {
    return new PeerTerminal(alice, screen.console()).run();
  }
}
