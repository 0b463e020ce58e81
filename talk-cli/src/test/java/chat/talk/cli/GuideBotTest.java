package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GuideBotTest {
  @ParameterizedTest
  @CsvSource({
    "How do I leave?, :exit",
    "WHO is there?, :update",
    "How do I send a message?, :user NAME",
    "What is a registry?, talk registry",
    "hello, listeners",
    "What can I do?, :help",
    "'', :help",
    "世界, :help"
  })
  void everyQuestionHasAnAnswer(String question, String answer) {
    assertThat(GuideBot.answer(question)).contains(answer);
  }
}
