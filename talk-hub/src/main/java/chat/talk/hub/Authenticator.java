package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.UserName;
import chat.talk.room.Login;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An application's own way to tell who somebody is, for {@link Login.Credential}: say, a JWT. */
@FunctionalInterface
public interface Authenticator {
  /** Knows nobody. */
  Authenticator NONE =
      credential ->
          CompletableFuture.failedFuture(
              new ChatException(Code.UNAUTHENTICATED, "this hub takes no credentials"));

  /**
   * Checks a credential. Called on the thread that connects, which may be one that does I/O: it
   * must return at once, and may complete later on any other.
   *
   * @param credential what the client sent
   * @return who it is, a new user when the hub doesn't know the name; to refuse, fail with {@link
   *     Code#UNAUTHENTICATED}
   */
  CompletionStage<UserName> authenticate(String credential);
}
