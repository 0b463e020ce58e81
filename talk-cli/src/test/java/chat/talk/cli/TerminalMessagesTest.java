package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a hub's terminal does with messages that were sent, or are to be. */
final class TerminalMessagesTest extends TerminalFixture {
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
  void whatIsScheduledIsSentInTime() {
    Screen ada = house.enter("ada", ":later 1ms at once", ":history");
    assertThat(ada.exitCode).isZero();
    assertThat(ada.out()).anyMatch(line -> line.contains("to general: at once"));
  }
}
