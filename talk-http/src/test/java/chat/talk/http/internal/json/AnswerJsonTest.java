package chat.talk.http.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.MessageId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerJsonTest {
  private static final MessageId ID = MessageId.of("7");

  @Test
  void okIsWrittenAsTheApiSays() {
    assertThat(AnswerJson.ok(null)).isEqualTo("{\"status\":\"ok\"}");
    assertThat(AnswerJson.ok(ID)).isEqualTo("{\"status\":\"ok\",\"id\":\"7\"}");
  }

  @ParameterizedTest
  @EnumSource(ChatException.Code.class)
  void errorArrivesWithItsCodeAndMessage(ChatException.Code code) {
    String json = AnswerJson.error(new ChatException(code, "no \"entry\""), ID);
    AnswerJson.Answer answer = AnswerJson.decode(json);
    assertThat(answer.id()).isEqualTo("7");
    assertThat(answer.error()).hasMessage("no \"entry\"");
    assertThat(answer.error().code()).isEqualTo(code);
  }

  @Test
  void unknownCodeIsARefusal() {
    String json = "{\"status\":\"error\",\"code\":\"NEVER_HEARD\",\"message\":\"no path\\n/x\"}";
    ChatException error = AnswerJson.decode(json).error();
    assertThat(error.code()).isEqualTo(ChatException.Code.REFUSED);
    assertThat(error).hasMessage("NEVER_HEARD: no path /x");
  }

  @Test
  void errorThatSaysNothingElseIsARefusal() {
    ChatException error = AnswerJson.decode("{\"status\":\"error\"}").error();
    assertThat(error.code()).isEqualTo(ChatException.Code.REFUSED);
    assertThat(error).hasMessage("no reason given");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "{\"status\":\"fine\"}", "{\"status\":1}", "ok", "{\"status\":\"ok\"}]"})
  void anythingElseIsInvalid(String json) {
    assertThatThrownBy(() -> AnswerJson.decode(json))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(ChatException.Code.INVALID));
  }

  @Test
  void problemIsAnErrorWithItsCodeAndTime() {
    Instant later = Instant.parse("2026-01-31T12:00:00Z");
    String problem =
        new String(
            AnswerJson.problem("Too Many Requests", 429, "slow down", "LIMITED", later),
            StandardCharsets.UTF_8);
    ChatException error = AnswerJson.decode(problem).error();
    assertThat(error).hasMessage("slow down");
    assertThat(error.code()).isEqualTo(ChatException.Code.LIMITED);
    assertThat(error.retryAt()).contains(later);
  }

  @Test
  void problemOfSomebodyElseWithoutACodeIsNoAnswerOfTalks() {
    String problem = "{\"type\":\"about:blank\",\"title\":\"Bad Gateway\",\"status\":502}";
    assertThatThrownBy(() -> AnswerJson.decode(problem)).isInstanceOf(ChatException.class);
  }
}
