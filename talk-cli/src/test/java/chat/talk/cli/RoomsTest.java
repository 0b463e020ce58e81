package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.UserName;
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
}
