package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Private chats in a hub's terminal: their names, and who comes in and goes. */
final class TerminalChatsTest extends TerminalFixture {
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
    adaInvitesBobToHerClub();
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
    bobIsInAdasClub();
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
    bobIsInAdasClub();
    assertThat(house.enter("ada", ":join Club", ":remove bob").out()).contains("bob is put out");
    assertThat(house.enter("bob", ":join Club").err()).hasSize(1);
  }

  @Test
  void whatSomebodyTypesWhoIsPutOutMeanwhileGoesToNobody() throws Exception {
    adaInvitesBobToHerClub();
    Person bob = Person.at(console -> house.run(house.arrival("bob"), console));
    bob.type(":join Club");
    bob.await("you are at Club now");
    house.enter("ada", ":join Club", ":remove bob");
    bob.await(".*you are in Club no more");
    bob.type("the secret plan");
    bob.await("! not sent to Club: .*");
    bob.type(":join general");
    bob.type("hello");
    bob.await(".*bob: hello");
    assertThat(bob.leave()).isZero();
    assertThat(house.enter("ada", ":history 10").out())
        .anyMatch(line -> line.contains("hello"))
        .noneMatch(line -> line.contains("secret"));
  }

  private void bobIsInAdasClub() {
    adaInvitesBobToHerClub();
    house.enter("bob", ":accept Club");
  }

  private void adaInvitesBobToHerClub() {
    house.enter("bob");
    house.enter("ada", ":create Club", ":invite bob");
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
}
