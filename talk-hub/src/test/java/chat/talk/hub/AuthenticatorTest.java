package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.UserName;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AuthenticatorTest {
  @Test
  void noneRefusesWithoutAWordAboutTheCredential() {
    CompletableFuture<UserName> answer =
        Authenticator.NONE.authenticate("secret").toCompletableFuture();
    assertThat(answer).isCompletedExceptionally();
    ChatException failure = ChatException.of(answer.handle((user, thrown) -> thrown).join());
    assertThat(failure.code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(failure).hasMessage("this hub takes no credentials");
  }
}
