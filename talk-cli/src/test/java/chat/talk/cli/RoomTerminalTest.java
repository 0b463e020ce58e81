package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatMessage;
import chat.talk.Entry;
import chat.talk.http.HubJson;
import chat.talk.room.HubClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a person's lines do at a hub: saying, reading and going about, with good and with bad input.
 */
final class RoomTerminalTest extends TerminalFixture {
  @Test
  void aLineIsSaidInTheGeneralChat() {
    Screen ada = house.enter("ada", "  Hello, world ", "", "::exit", ":exit", "never said");
    assertThat(ada.out())
        .containsExactly("[general] #1 ada:   Hello, world ", "[general] #2 ada: :exit");
    assertThat(ada.err()).isEmpty();
    assertThat(ada.exitCode).isZero();
  }

  @Test
  void whoComesBackIsTheSameUserAndGetsWhatHeHasNotRead() {
    house.enter("ada", "one");
    house.enter("bob", "two", "three");
    assertThat(house.enter("ada").out())
        .endsWith("[general] #2 bob: two", "[general] #3 bob: three");
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    house.client("ada");
    assertThat(failure(() -> house.enter("ada"))).contains("taken");
  }

  @Test
  void chatsShowWhatIsUnread() {
    house.client("bob").send("ada", "psst");
    house.enter("ada");
    house.client("carol").send("ada", "hi").join();
    List<String> out = house.enter("ada", ":chats").out();
    assertThat(out).contains("> general", "  @carol (1 unread)");
  }

  @Test
  void readingIsUpToTheUser() {
    HubClient bob = house.client("bob");
    house.enter("ada");
    bob.send("ada", "psst").join();
    Screen ada = house.enter("ada", ":read", ":chats", ":read all", ":read some", ":chats");
    assertThat(ada.out()).contains("  @bob (1 unread)").endsWith("> general", "  @bob");
    assertThat(ada.err()).hasSize(1);
  }

  @Test
  void goingToAChatReadsIt() {
    HubClient bob = house.client("bob");
    house.enter("ada");
    bob.send("ada", "psst").join();
    house.enter("ada", ":join bob");
    assertThat(house.enter("ada", ":create Tea", ":join general", ":chats").out())
        .endsWith("> general", "  Tea  of ada", "  @bob");
  }

  @Test
  void aDirectChatIsMadeByItsFirstMessage() {
    house.client("bob");
    Screen ada =
        house.enter("ada", ":with bob", "Hello", ":with @bob", "again", ":with nobody", ":with");
    assertThat(ada.out())
        .containsExactly(
            "you are at @bob now",
            "[@bob] #1 ada: Hello",
            "you are at @bob now",
            "[@bob] #2 ada: again");
    assertThat(ada.err())
        .containsExactly(
            "error: there is no user nobody", "error: :with wants a user behind it (:help :with)");
    assertThat(ada.exitCode).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void whatAScriptSaysBehindAWayThatFailedGoesNowhereUntilOneWorks() {
    Screen ada =
        house.enter(
            "ada",
            ":create Club",
            ":join secret",
            "the plan",
            ":leave",
            ":close",
            ":who",
            ":devices",
            ":revoke 2",
            ":join Club",
            "hello");
    assertThat(ada.err())
        .containsExactly(
            "error: you are in no chat secret, and nobody invites you to it (:with NAME talks"
                + " with a user)",
            "error: not done, because :join failed: the plan",
            "error: not done, because :join failed: :leave",
            "error: not done, because :join failed: :close");
    assertThat(ada.out())
        .contains("  ada (you) (owner)", "device 2 is shut out")
        .endsWith("you are at Club now", "[Club] #2 ada: hello");
  }

  @Test
  void aProgramReadsTheJsonOfTheApi() {
    house.client("bob");
    Screen ada =
        house.enterJson(
            "ada", "Hello", ":create Tea", ":link 3", ":with bob", ":chats", ":nonsense");
    List<String> out = ada.out();
    Entry hello = HubJson.entry(out.get(0));
    assertThat(((ChatMessage) hello.event()).text()).isEqualTo("Hello");
    assertThat(out.get(1))
        .isEqualTo("{\"type\":\"answer\",\"to\":\"say\",\"value\":" + HubJson.entry(hello) + "}");
    assertThat(out)
        .anyMatch(line -> line.matches("\\{\"type\":\"entered\",\"chat\":\".+\"\\}"))
        .anyMatch(
            line ->
                line.matches(
                    "\\{\"type\":\"answer\",\"to\":\":link\",\"value\":\\{\"id\":\".+\",\"chat\":\".+\","
                        + "\"expires\":\".+\",\"uses\":3,\"revoked\":false,\"token\":\".+\"\\}\\}"))
        .contains("{\"type\":\"answer\",\"to\":\":with\",\"value\":\"ada~bob\"}");
    String chats = HubJson.value(house.chats("ada"));
    assertThat(chats).startsWith("[{\"id\":\"general\",\"kind\":\"GENERAL\"");
    assertThat(out).contains("{\"type\":\"answer\",\"to\":\":chats\",\"value\":" + chats + "}");
    assertThat(out).last().asString().startsWith("{\"type\":\"error\",\"to\":\":nonsense\",");
  }

  @Test
  void statusTellsHowThingsStand() {
    Screen ada = house.enter("ada", ":status", ":status now");
    assertThat(ada.out()).hasSize(3).endsWith("ada: reported 0 times");
    assertThat(ada.err()).hasSize(1);
  }

  @Test
  void helpNamesEveryCommandInALineOfItsOwn() {
    Screen ada = house.enter("ada", ":help", ":help edit", ":help :nothing", ":nothing", ":");
    assertThat(ada.out()).filteredOn(line -> line.startsWith(":")).hasSizeGreaterThan(35);
    assertThat(ada.out()).allMatch(line -> line.length() <= 100);
    assertThat(ada.out()).last().asString().startsWith(":edit MESSAGE TEXT ");
    assertThat(ada.err()).hasSize(3);
  }

  @Test
  void whatCannotBeDoneChangesNothing() {
    Screen ada =
        house.enter("ada", ":title x", ":leave", ":close", ":owner ada", ":exit now", ":link");
    assertThat(ada.err()).hasSize(6);
    assertThat(ada.exitCode).isEqualTo(ExitCode.FAILED);
  }
}
