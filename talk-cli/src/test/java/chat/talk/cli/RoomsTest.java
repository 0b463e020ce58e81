package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.UserName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What chats are called, also by those who want them to be mistaken for others. */
final class RoomsTest {
  private static final ChatId TEA = ChatId.of("1f3a0000-0000-4000-8000-000000000000");
  private static final ChatId MILK = ChatId.of("2b4c0000-0000-4000-8000-000000000000");

  private final Rooms rooms = new Rooms(UserName.of("ada"));

  @Test
  void idsInATextAreReplacedOnceAndAsWholeWords() {
    rooms.learn(TEA, "Tea");
    rooms.learn(MILK, "not " + TEA);
    assertThat(rooms.withLabels(MILK + " is not " + TEA + "."))
        .isEqualTo("not " + TEA + " is not Tea.");
    assertThat(rooms.withLabels("x" + TEA + " " + TEA + "1"))
        .isEqualTo("x" + TEA + " " + TEA + "1");
    rooms.learn(ChatId.direct(UserName.of("ada"), UserName.of("bob")), "");
    assertThat(rooms.withLabels("in ada~bob.")).isEqualTo("in @bob.");
  }

  @Test
  void anIdThatIsAWordChangesNoSentence() {
    rooms.learn(ChatId.of("e"), "Elephants");
    rooms.learn(ChatId.of("banned"), "welcome");
    assertThat(rooms.withLabels("ada is banned in e")).isEqualTo("ada is banned in e");
  }

  @Test
  void anIdMeansItsChatWhateverOthersAreCalled() {
    rooms.learn(TEA, "Tea");
    rooms.learn(MILK, TEA.value());
    assertThat(rooms.find(TEA.value())).isEqualTo(TEA);
    assertThat(rooms.label(MILK)).isEqualTo(TEA + " (2b4c)");
    rooms.forget(MILK);
    rooms.learn(TEA, "");
    assertThat(rooms.label(TEA)).isEqualTo(TEA.value());
  }

  @Test
  void anIdThatIsAWordTakesNoTitleFromAnother() {
    rooms.learn(TEA, "Tea");
    rooms.learn(ChatId.of("Tea"), "x");
    assertThat(rooms.find("Tea")).isEqualTo(TEA);
  }

  @Test
  void aTitleThatLooksLikeAnothersHasTheIdBehindIt() {
    for (String title :
        List.of(
            "general ",
            "general\u00A0",
            " @bob",
            "\uFF27eneral",
            "\uFF20bob",
            "gener\uFF41l",
            "a  b",
            "general\u2800",
            "general\uFE0F")) {
      rooms.learn(TEA, title);
      assertThat(rooms.label(TEA)).endsWith(" (1f3a)");
    }
    rooms.learn(TEA, "\u2764\uFE0F Tea");
    assertThat(rooms.label(TEA)).isEqualTo("\u2764\uFE0F Tea");
    rooms.learn(ChatId.direct(UserName.of("ada"), UserName.of("bob")), "");
    rooms.learn(TEA, "BOB");
    assertThat(rooms.label(TEA)).isEqualTo("BOB (1f3a)");
    rooms.learn(TEA, "Caf\u00E9 au lait");
    assertThat(rooms.label(TEA)).isEqualTo("Caf\u00E9 au lait");
    rooms.learn(MILK, "CAFE\u0301 AU LAIT");
    assertThat(rooms.label(TEA)).isEqualTo("Caf\u00E9 au lait (1f3a)");
  }

  @Test
  void noTitleEndsTheBracketsItIsShownIn() {
    rooms.learn(TEA, "general] #3 bob: I agree");
    assertThat(rooms.label(TEA)).isEqualTo("general) #3 bob: I agree (1f3a)");
    rooms.learn(TEA, "\uFF3Bgeneral\uFF3D");
    assertThat(rooms.label(TEA)).isEqualTo("(general) (1f3a)");
    assertThat(rooms.find("[general]")).isEqualTo(TEA);
  }

  @Test
  void noTwoChatsHaveTheSameLabel() {
    rooms.learn(TEA, "Team");
    rooms.learn(MILK, "Team (1f3a)");
    ChatId third = ChatId.of("3c5d0000-0000-4000-8000-000000000000");
    rooms.learn(third, "team");
    assertThat(rooms.labels())
        .containsExactly("Team (1f3a)", "Team (1f3a) (2b4c)", "general", "team (3c5d)");
    assertThat(rooms.find("Team (1f3a)")).isEqualTo(TEA);
  }

  @Test
  void idsThatDifferInCaseOnlyAreShownAsFarAsTheyDiffer() {
    rooms.learn(ChatId.of("abcdEf"), "Team");
    rooms.learn(ChatId.of("ABCDeg"), "Team");
    assertThat(rooms.labels()).containsExactly("Team (ABCDeg)", "Team (abcdEf)", "general");
  }
}
