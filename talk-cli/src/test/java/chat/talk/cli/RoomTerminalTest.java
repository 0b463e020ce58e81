package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatMessage;
import chat.talk.Entry;
import chat.talk.UserName;
import chat.talk.http.HubJson;
import chat.talk.room.HubClient;
import chat.talk.room.Token;
import chat.talk.testkit.Recorder;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each command of a hub's terminal does, with good and with bad input. */
final class RoomTerminalTest {
  @TempDir Path home;

  private HubHouse house;

  @BeforeEach
  void openHouse() {
    house = new HubHouse(home);
  }

  @AfterEach
  void closeHouse() {
    house.close();
  }

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
  void aPrivateChatIsEnteredByInvitation() {
    house.enter("bob");
    Screen ada =
        house.enter("ada", ":create Release party", ":invite bob", ":invite nobody", "Welcome");
    assertThat(ada.out())
        .contains(
            "you are at Release party now",
            "bob is invited to Release party",
            "[Release party] #2 ada: Welcome");
    assertThat(ada.err()).hasSize(1);
    Screen bob =
        house.enter("bob", ":invitations", ":join rel", "Thanks", ":who", ":leave", ":chats");
    assertThat(bob.out())
        .contains(
            "  Release party  from ada  (:join Release party)",
            "you are at Release party now",
            "[Release party] #4 bob: Thanks",
            "  ada (owner)  away",
            "  bob (you)",
            "you have left Release party",
            "> general");
    assertThat(bob.err()).isEmpty();
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
  void noTitleTakesTheNameOfTheGeneralChatOrOfAUser() {
    house.client("bob");
    Screen ada =
        house.enter(
            "ada",
            ":create General",
            "in the club",
            ":create @bob",
            ":with bob",
            "psst",
            ":create Bob",
            ":join general",
            "to all",
            ":join @bob",
            "again",
            ":join bob");
    assertThat(ada.out())
        .contains("[general] #1 ada: to all", "[@bob] #1 ada: psst", "[@bob] #2 ada: again")
        .anyMatch(line -> line.matches("you are at General \\([0-9a-f]{4}\\) now"))
        .anyMatch(line -> line.matches("you are at @bob \\([0-9a-f]{4}\\) now"));
    assertThat(ada.err())
        .singleElement()
        .asString()
        .matches("error: bob may be one of several chats: @bob, Bob \\([0-9a-f]{4}\\)");
  }

  @Test
  void chatsOfTheSameTitleAreToldFromEachOther() {
    house.enter("ada", ":create Tea", "Assam", ":create tea", "Darjeeling", ":create Milk");
    List<String> labels =
        house.enter("ada", ":chats").out().stream()
            .filter(line -> line.matches("  [Tt]ea \\([0-9a-f]{4}\\)  of ada"))
            .map(line -> line.strip().replaceFirst("  of ada", ""))
            .toList();
    assertThat(labels).hasSize(2);
    Screen ada =
        house.enter(
            "ada",
            ":join tea",
            ":join " + labels.get(0),
            ":join " + labels.get(1).replaceFirst(".*\\((.*)\\)", "$1"),
            ":join milk");
    assertThat(ada.out())
        .containsSubsequence(
            "you are at " + labels.get(0) + " now",
            "you are at " + labels.get(1) + " now",
            "you are at Milk now");
    assertThat(ada.err())
        .containsExactly(
            labels.stream()
                .sorted()
                .collect(Collectors.joining(", ", "error: tea may be one of several chats: ", "")));
  }

  @Test
  void anInvitationThatCouldBeMistakenIsAcceptedByItsId() {
    house.enter("bob", ":create Club");
    house.enter("ada", ":create Club", ":invite bob", ":create @ada", ":invite bob");
    List<String> ways =
        house.enter("bob", ":invitations").out().stream()
            .filter(line -> line.contains(":join"))
            .map(line -> line.replaceFirst(".*\\((:join .*)\\)", "$1"))
            .toList();
    assertThat(ways).hasSize(2).allMatch(way -> way.matches(":join [0-9a-f-]{36}"));
    Screen bob = house.enter("bob", ":join @ada", ways.get(0), ways.get(1));
    assertThat(bob.out()).anyMatch(line -> line.matches("you are at Club \\([0-9a-f]{4}\\) now"));
    assertThat(bob.err()).singleElement().asString().contains("you are in no chat @ada");
    assertThat(house.chats("bob")).hasSize(4);
  }

  @Test
  void whoAcceptsIsToldHowToGoThere() {
    house.enter("bob");
    house.enter("ada", ":create Club", ":invite bob");
    assertThat(house.enter("bob", ":accept Club", "hello", ":join Club", "I am here").out())
        .contains("you are in Club now (:join Club goes there)", "[general] #1 bob: hello")
        .noneMatch(line -> line.startsWith("* "));
  }

  @Test
  void anInvitationIsDeclinedOrTakenBack() {
    house.enter("bob");
    house.enter("ada", ":create A", ":invite bob", ":create B", ":invite bob", ":uninvite bob A");
    Screen bob = house.enter("bob", ":decline b", ":accept A", ":accept", ":invitations");
    assertThat(bob.out()).containsExactly("you declined to join B", "no invitations");
    assertThat(bob.err())
        .containsExactly(
            "error: nobody invites you to A (:invitations)",
            "error: :accept wants a chat behind it (:help :accept)");
  }

  @Test
  void whoComesByALinkWaitsForTheOwner() {
    String token = token(house.enter("ada", ":create Club", ":link 2 2h", ":links"));
    assertThat(house.enter("bob", ":join " + token).out())
        .containsExactly("the chat's owner is asked to let you in");
    house.enter("carol", ":knock " + token);
    Screen ada =
        house.enter(
            "ada", ":requests Club", ":approve bob Club", ":reject carol Club", ":requests Club");
    assertThat(ada.out())
        .anyMatch(line -> line.startsWith("  bob  since "))
        .contains("bob is in Club now", "carol is not let into Club", "nobody waits");
    assertThat(house.enter("bob", ":join Club", "Hello").out())
        .last()
        .asString()
        .contains("bob: Hello");
    assertThat(house.enter("carol", ":join Club").err()).hasSize(1);
  }

  @Test
  void aLinkThatWasEndedOpensNothing() {
    Screen ada =
        house.enter("ada", ":create Club", ":link", ":unlink 1", ":links", ":unlink 7", ":link x");
    assertThat(ada.out()).contains("the link opens nothing any more", "no links");
    assertThat(ada.err())
        .containsExactly(
            "error: no link has the number 7 (:links shows them)",
            "error: how many uses a link has is a number, but was x");
    assertThat(house.enter("bob", ":join " + token(ada)).err()).hasSize(1);
  }

  @Test
  void theOwnerDecidesAboutHisChat() {
    house.enter("bob");
    house.enter("ada", ":create Club", ":invite bob");
    house.enter("bob", ":accept Club");
    Screen ada =
        house.enter(
            "ada", ":join Club", ":title Bar", ":owner bob", ":leave", ":join Bar", ":chats");
    assertThat(ada.out())
        .contains("this chat is called Bar now", "bob is the owner now", "you have left Bar");
    assertThat(ada.err()).singleElement().asString().contains("you are in no chat Bar");
    Screen bob = house.enter("bob", ":join Bar", ":close", "too late", ":remove nobody x");
    assertThat(bob.out()).contains("this chat is closed");
    assertThat(bob.err()).hasSize(2);
  }

  @Test
  void aMemberIsPutOut() {
    house.enter("bob");
    house.enter("ada", ":create Club", ":invite bob");
    house.enter("bob", ":accept Club");
    assertThat(house.enter("ada", ":join Club", ":remove bob").out()).contains("bob is put out");
    assertThat(house.enter("bob", ":join Club").err()).hasSize(1);
  }

  @Test
  void whatSomebodyTypesWhoIsPutOutMeanwhileGoesToNobody() throws Exception {
    house.enter("bob");
    house.enter("ada", ":create Club", ":invite bob");
    Person bob = new Person();
    CompletableFuture<Integer> run =
        CompletableFuture.supplyAsync(() -> house.run(house.arrival("bob"), bob));
    bob.type(":join Club");
    bob.await("you are at Club now");
    house.enter("ada", ":join Club", ":remove bob");
    bob.await(".*you are in Club no more");
    bob.type("the secret plan");
    bob.await("! not sent to Club: .*");
    bob.type(":join general");
    bob.type("hello");
    bob.await(".*bob: hello");
    bob.leave();
    assertThat(run.get(10, TimeUnit.SECONDS)).isZero();
    assertThat(house.enter("ada", ":history 10").out())
        .anyMatch(line -> line.contains("hello"))
        .noneMatch(line -> line.contains("secret"));
  }

  @Test
  void aCommentPointsAtItsMessage() {
    house.enter("ada", "one", "two");
    Screen bob =
        house.enter(
            "bob", ":comment #1 indeed", ":comment last no", ":comments 1", ":comment 99 x");
    assertThat(bob.out())
        .endsWith(
            "[general] #3 bob on #1: indeed",
            "[general] #4 bob on #3: no",
            "[general] #3 bob on #1: indeed");
    assertThat(bob.err())
        .containsExactly(
            "error: there is no message 99 here, or it is an old one (:history shows them)");
  }

  @Test
  void whatIsNoMessageCannotBePointedAt() {
    Screen ada = house.enter("ada", ":comment", ":comment x y", ":comment last y", ":edit last y");
    assertThat(ada.err())
        .hasSize(4)
        .startsWith("error: :comment wants a message's number behind it (:help :comment)")
        .contains("error: a message is the number beside it, such as #12, or last; but was x");
  }

  @Test
  void ownMessagesAreChangedAndErased() {
    house.enter("bob", "mine");
    Screen ada =
        house.enter("ada", "one", "two", ":edit last too", ":erase #2", ":edit #1 no", ":history");
    assertThat(ada.out())
        .contains(
            "[general] #4 * ada changed #3: too",
            "[general] #5 * ada erased #2",
            "[general] #2 ada: (erased)",
            "[general] #3 ada: too (edited)");
    assertThat(ada.err()).containsExactly("error: that is a message of bob, not of yours");
  }

  @Test
  void theHistoryGoesBackToAnyMessage() {
    house.enter("ada", "one", "two", "three", "four");
    Screen ada = house.enter("ada", ":history 2", ":history 2 #3", ":history 0", ":history 1 #99");
    assertThat(ada.out())
        .containsExactly(
            "[general] #3 ada: three",
            "[general] #4 ada: four",
            "[general] #2 ada: two",
            "[general] #3 ada: three");
    assertThat(ada.err()).hasSize(2);
  }

  @Test
  void threeReportsBan() {
    house.enter("troll", "buy this");
    for (String name : List.of("ada", "bob", "carol")) {
      Screen screen = house.enter(name, ":report last spam", ":report", ":report 1");
      assertThat(screen.out()).last().isEqualTo("you have reported message #1 of troll");
      assertThat(screen.err()).hasSize(2);
    }
    Screen troll = house.enter("troll", "and this", ":status");
    assertThat(troll.err())
        .singleElement()
        .asString()
        .matches("error: troll is banned until (\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d");
    assertThat(troll.out()).last().asString().startsWith("troll: reported 3 times, banned until ");
  }

  @Test
  void whatIsScheduledIsChangedAndCancelled() {
    Screen ada =
        house.enter(
            "ada",
            ":scheduled",
            ":later 2h see you",
            ":later 3h never",
            ":reschedule 1 4h later",
            ":cancel 2",
            ":scheduled",
            ":cancel 2",
            ":cancel 9",
            ":later soon x",
            ":later 2h");
    assertThat(ada.out())
        .startsWith("nothing waits to be sent")
        .contains("cancelled")
        .anyMatch(line -> line.matches("  1  at .*\\d\\d:\\d\\d to general: later"));
    assertThat(ada.out()).noneMatch(line -> line.contains("never") && line.startsWith("  "));
    assertThat(ada.err()).hasSize(3);
  }

  @Test
  void whatIsPastCannotBeScheduled() {
    Screen ada =
        house.enter(
            "ada", ":later 2020-01-02T03:04 x", ":later 2h y", ":reschedule 1 2020-01-02T03:04 z");
    assertThat(ada.err())
        .containsExactly(
            "error: that time is past, it was 2020-01-02 03:04 here",
            "error: that time is past, it was 2020-01-02 03:04 here");
    assertThat(house.enter("ada", ":scheduled").out())
        .singleElement()
        .asString()
        .endsWith("to general: y");
  }

  @Test
  void timesAndChatsInARefusalAreForPeople() {
    house.enter("troll", "buy this", ":create Club");
    for (String name : List.of("ada", "bob", "carol")) {
      house.enter(name, ":report last spam");
    }
    String exact = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";
    assertThat(house.enterJson("troll", "and this").out())
        .anyMatch(line -> line.matches(".*\"retryAt\":\"" + exact + "\".*"));
    Screen troll = house.enter("troll", ":join Club", ":invite troll");
    assertThat(troll.err()).containsExactly("error: troll is in the chat Club already");
  }

  @Test
  void whatIsScheduledIsSentInTime() {
    Screen ada = house.enter("ada", ":later 1ms at once", ":history");
    assertThat(ada.exitCode).isZero();
    assertThat(ada.out()).anyMatch(line -> line.contains("to general: at once"));
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
  void thePasswordLetsAnotherDeviceIn() {
    Screen ada = house.enter("ada", ":password", "correct horse", ":devices", ":password", "short");
    assertThat(ada.out()).contains("'talk join' with --password lets further devices in now");
    assertThat(ada.err()).hasSize(1).noneMatch(line -> line.contains("short"));
    Devices elsewhere = new Devices(home.resolve("laptop"), "http://127.0.0.1:8000", ada());
    Screen second = new Screen("from my laptop", ":devices");
    int code =
        house.run(new Arrival(house.hub, elsewhere, "correct horse", null), second.console());
    assertThat(code).isZero();
    assertThat(second.out()).contains("[general] #1 ada: from my laptop");
    assertThat(
            failure(
                () ->
                    house.run(new Arrival(house.hub, elsewhere, "wrong", null), second.console())))
        .contains("wrong");
  }

  private static UserName ada() {
    return UserName.of("ada");
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
        .map(RoomTerminalTest::untimed)
        .containsExactly(
            "  1  since then  connected  this one",
            "  2  since then  talk send on this computer  let in by 1",
            "  3  since then  talk tail on this computer  let in by 1");
  }

  @Test
  void aLostComputerIsShutOutEntirely() {
    house.enter("ada", ":password", "correct horse");
    Devices elsewhere = new Devices(home.resolve("laptop"), "http://127.0.0.1:8000", ada());
    Screen second = new Screen(":devices", ":revoke 1", ":devices");
    house.run(new Arrival(house.hub, elsewhere, "correct horse", null), second.console());
    assertThat(second.out())
        .map(RoomTerminalTest::untimed)
        .containsExactly(
            "  1  since then",
            "  2  since then  let in by 1",
            "  3  since then  let in by 1",
            "  4  since then  connected  this one",
            "  5  since then  talk send on this computer  let in by 4",
            "  6  since then  talk tail on this computer  let in by 4",
            "device 1 is shut out, and with it what it let in:",
            "  2  since then  let in by 1",
            "  3  since then  let in by 1",
            "  4  since then  connected  this one",
            "  5  since then  talk send on this computer  let in by 4",
            "  6  since then  talk tail on this computer  let in by 4");
    String refusal =
        "the name ada is taken, and the token here doesn't open it (any more)"
            + ": come with --password or --token";
    assertThat(failure(() -> house.enter("ada"))).isEqualTo(refusal);
    assertThat(failure(() -> house.chats("ada"))).isEqualTo(refusal);
  }

  @Test
  void aDeviceStaysWhenItRevokesTheOneThatLetItInOnceItHasComeByThePassword() {
    house.enter("ada");
    Devices phone = new Devices(home.resolve("phone"), "http://127.0.0.1:8000", ada());
    Screen letIn = new Screen(":devices", ":revoke 1", ":password", "correct horse");
    house.run(new Arrival(house.hub, phone, null, terminalToken()), letIn.console());
    assertThat(letIn.out())
        .map(RoomTerminalTest::untimed)
        .contains("  4  since then  connected  this one  let in by 1");
    assertThat(letIn.err())
        .containsExactly(
            "error: device 1 let this one in, which would be shut out with it: set a password"
                + " (:password), start 'talk join' with --password here, and revoke it then");
    Screen byItself = new Screen(":devices", ":revoke 1", ":devices");
    house.run(new Arrival(house.hub, phone, "correct horse", null), byItself.console());
    assertThat(byItself.err()).isEmpty();
    assertThat(byItself.out())
        .map(RoomTerminalTest::untimed)
        .endsWith(
            "device 1 is shut out, and with it what it let in:",
            "  2  since then  let in by 1",
            "  3  since then  let in by 1",
            "  4  since then  connected  this one",
            "  5  since then  talk send on this computer  let in by 4",
            "  6  since then  talk tail on this computer  let in by 4");
  }

  private Token terminalToken() {
    try (SecretFile file = house.devices("ada").require(Devices.TERMINAL)) {
      return Devices.token(file);
    }
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

  private static String untimed(String line) {
    return line.replaceAll("since (\\S+ )?\\d\\d:\\d\\d", "since then");
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
      assertThat(ada.err()).singleElement().asString().contains("not at the hub any more");
      keyboard.close();
      assertThat(run.get(10, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void aFileIsSentAndSaved() throws Exception {
    Path file = Files.writeString(home.resolve("notes.txt"), "what we agreed on");
    Path copy = home.resolve("copy.txt");
    Screen ada =
        house.enter(
            "ada",
            ":send-file " + file + " as promised",
            ":get-file last " + copy,
            ":get-file #1 " + copy,
            ":send-file " + home.resolve("missing"),
            "no file",
            ":get-file last");
    assertThat(ada.out())
        .contains(
            "[general] #1 ada: as promised (file notes.txt, 17 B: :get-file saves it)",
            "saved " + copy);
    assertThat(ada.err()).hasSize(3).last().asString().contains("no file at this message");
    assertThat(copy).hasContent("what we agreed on");
  }

  @Test
  void aFilesNameMayHoldSpaces() throws Exception {
    Path folder = Files.createDirectory(home.resolve("my files"));
    Files.writeString(folder.resolve("a note.txt"), "agreed");
    String escaped = home + "/my\\ files/a\\ note.txt";
    Screen ada =
        house.enter(
            "ada",
            ":send-file " + escaped + " as promised",
            ":send-file '" + folder + "/a note.txt' and \"again\"",
            ":send-file \"" + folder + "/a note.txt",
            ":get-file #1 " + folder,
            ":get-file #1 " + folder + "/one copy.txt",
            ":get-file #1 '" + folder + "/another copy.txt'");
    assertThat(ada.out())
        .contains(
            "[general] #1 ada: as promised (file a note.txt, 6 B: :get-file saves it)",
            "[general] #2 ada: and \"again\" (file a note.txt, 6 B: :get-file saves it)");
    assertThat(ada.err())
        .containsExactly(
            "error: there is no second \" in \"" + folder + "/a note.txt",
            "error: there is a file "
                + folder.resolve("a note.txt")
                + " already (:get-file"
                + " MESSAGE FILE)");
    assertThat(folder.resolve("one copy.txt")).hasContent("agreed");
    assertThat(folder.resolve("another copy.txt")).hasContent("agreed");
  }

  @Test
  void aTildeIsTheUsersHome() {
    assertThat(FileCommands.typed("~/a b", "/home/ada")).isEqualTo(Path.of("/home/ada/a b"));
    assertThat(FileCommands.typed("~", "/home/ada")).isEqualTo(Path.of("/home/ada"));
    assertThat(FileCommands.typed("~bob/a", "/home/ada")).isEqualTo(Path.of("~bob/a"));
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

  private static String token(Screen screen) {
    Pattern line = Pattern.compile(":join (\\S{43})");
    return screen.out().stream()
        .map(line::matcher)
        .filter(Matcher::matches)
        .map(match -> match.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static String failure(Runnable action) {
    try {
      action.run();
      return "";
    } catch (RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
