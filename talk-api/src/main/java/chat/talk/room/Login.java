package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.UserName;
import java.util.Objects;

/** How somebody shows a hub who he is. None of these shows a secret in its {@code toString()}. */
public sealed interface Login {
  /**
   * Takes a name that is free, with a first device that the token opens from then on. The same
   * login again is that device coming back.
   *
   * @param user the name
   * @param token the device's, new
   */
  record NewUser(UserName user, Token token) implements Login {
    /** Checks that nothing is missing. */
    public NewUser {
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(token, "token");
    }
  }

  /**
   * A device that the hub knows comes back.
   *
   * @param token the device's
   */
  record Known(Token token) implements Login {
    /** Checks that nothing is missing. */
    public Known {
      Objects.requireNonNull(token, "token");
    }
  }

  /**
   * A further device of a user who has set a password. The same login again is that device coming
   * back. One that another device let in is let in by none from then on.
   *
   * @param user his name
   * @param password his password
   * @param token the device's, new; not one that was revoked ({@link Command.RevokeDevice})
   */
  record Password(UserName user, String password, Token token) implements Login {
    /** Checks that nothing is missing. */
    public Password {
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(password, "password");
      Objects.requireNonNull(token, "token");
    }

    @Override
    public String toString() {
      return "Password[user=" + user + "]";
    }
  }

  /**
   * Something that the hub's own authenticator knows how to check, say, a JWT.
   *
   * @param credential what it checks
   * @param token of the device that comes with it, new or known, not revoked
   */
  record Credential(String credential, Token token) implements Login {
    /** The most characters of a credential. */
    public static final int MAX_LENGTH = 16_384;

    /**
     * Checks the parts.
     *
     * @throws ChatException with {@link Code#INVALID} when the credential is too long
     */
    public Credential {
      Objects.requireNonNull(token, "token");
      if (credential.length() > MAX_LENGTH) {
        throw new ChatException(Code.INVALID, "a credential has up to 16384 characters");
      }
    }

    @Override
    public String toString() {
      return "Credential[…]";
    }
  }

  /**
   * What opens the device afterwards, as {@link Known}.
   *
   * @return the device's token
   */
  Token token();
}
