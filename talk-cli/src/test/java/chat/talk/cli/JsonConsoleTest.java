package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.MessageId;
import chat.talk.UserName;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import okio.Buffer;
import org.junit.jupiter.api.Test;

final class JsonConsoleTest {
  private static final String TEXT = "\"Hi\"\n\u001b[2J\u202eevil\u009b世界 👋\udb40\udc01";

  @Test
  void aMessageIsOneLineOfJsonThatNoTerminalActsOn() throws IOException {
    Screen screen = new Screen();
    screen.jsonConsole().message(message(TEXT));
    String line = screen.out().get(0);
    assertThat(screen.out()).hasSize(1);
    assertThat(line).doesNotContainPattern("[\\p{Cc}\\p{Cf}]").contains("世界 👋");
    assertThat(parsed(line))
        .isEqualTo(
            Map.of(
                "id", "m1",
                "chat", "alice~bob",
                "user", "alice",
                "text", TEXT,
                "time", "2026-01-01T00:00:00Z"));
  }

  @Test
  void allElseGoesToTheErrorStream() {
    Screen screen = new Screen();
    screen.jsonConsole().say("2 users");
    screen.jsonConsole().fail("no");
    assertThat(screen.out()).isEmpty();
    assertThat(screen.err()).containsExactly("2 users", "error: no");
  }

  private static ChatMessage message(String text) {
    return new ChatMessage(
        ChatId.of("alice~bob"),
        new MessageId("m1"),
        UserName.of("alice"),
        text,
        Instant.parse("2026-01-01T00:00:00Z"));
  }

  private static Object parsed(String line) throws IOException {
    return JsonReader.of(new Buffer().writeUtf8(line)).readJsonValue();
  }
}
