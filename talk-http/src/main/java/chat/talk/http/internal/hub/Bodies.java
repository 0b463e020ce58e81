package chat.talk.http.internal.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Recipient;
import chat.talk.UserName;
import chat.talk.room.Attachment;
import chat.talk.room.Command;
import chat.talk.room.Device;
import chat.talk.room.Link;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/** What requests and answers of the API say where that is no type of Talk's own. */
public final class Bodies {
  private Bodies() {}

  private static ChatException invalid(String message) {
    return new ChatException(Code.INVALID, message);
  }

  private static Token orRandom(@Nullable Token token) {
    return token == null ? Token.random() : token;
  }

  /** Who somebody is: a user, perhaps with his password, or a credential. */
  public record Credentials(
      @Nullable UserName user,
      @Nullable String password,
      @Nullable String credential,
      @Nullable Token token) {
    /** The login; with a new token when it has none. */
    Login login() {
      Token opens = orRandom(token);
      if (credential != null && user == null && password == null) {
        return new Login.Credential(credential, opens);
      }
      if (user == null || credential != null) {
        throw invalid("a user or a credential is needed, and not both");
      }
      return password == null
          ? new Login.NewUser(user, opens)
          : new Login.Password(user, password, opens);
    }

    @Override
    public String toString() {
      return "Credentials[user=" + user + "]";
    }
  }

  /** Who connected, and what opens his device from now on. */
  public record Connected(UserName user, String device, Token token) {}

  /** A private chat that is to be. */
  public record NewChat(@Nullable ChatId id, String title) {
    Command.Create command() {
      return new Command.Create(id == null ? ChatId.random() : id, title);
    }
  }

  /** What is to be different about a chat: one thing at a time. */
  public record ChatChange(
      @Nullable String title, @Nullable UserName owner, @Nullable Boolean closed) {
    Command<Void> command(ChatId chat) {
      if (Stream.of(title, owner, closed).filter(Objects::nonNull).count() != 1) {
        throw invalid("one of title, owner and closed is changed at a time");
      }
      if (title != null) {
        return new Command.Rename(chat, title);
      }
      if (owner != null) {
        return new Command.HandOver(chat, owner);
      }
      if (Boolean.FALSE.equals(closed)) {
        throw invalid("a chat that is closed stays so");
      }
      return new Command.Close(chat);
    }
  }

  /** A message that is to be sent, now or at a time. */
  public record NewMessage(
      @Nullable MessageId id,
      String text,
      @Nullable MessageKey about,
      @Nullable Attachment attachment,
      @Nullable Instant sendAt) {
    Command<?> command(Recipient to) {
      MessageId own = id == null ? MessageId.random() : id;
      Draft draft = new Draft(own, to, text, about, attachment);
      return sendAt == null ? new Command.Send(draft) : new Command.Schedule(draft, sendAt);
    }

    @Override
    public String toString() {
      return "NewMessage[id=" + id + "]";
    }
  }

  /** What a message is to say from now on. */
  public record NewText(String text) {
    @Override
    public String toString() {
      return "NewText[…]";
    }
  }

  /** What is to be different about a scheduled message. */
  public record ScheduleChange(@Nullable String text, @Nullable Instant sendAt) {
    @Override
    public String toString() {
      return "ScheduleChange[sendAt=" + sendAt + "]";
    }
  }

  /** Why. */
  public record Reason(String reason) {}

  /** How far the user has read. */
  public record ReadPlace(Cursor upTo) {}

  /** Whether the user writes. */
  public record Typing(boolean active) {}

  /** Who is invited. */
  public record Invitee(UserName user) {}

  /** Whether the user enters the chat that he was invited to. */
  public record InvitationAnswer(boolean accepted) {}

  /** Whether somebody who waits is let in. */
  public record RequestAnswer(boolean approved) {}

  /** A link that is to be: for a day and one user, unless it says otherwise. */
  public record NewLink(
      @Nullable Token token, @Nullable Duration validFor, @Nullable Integer uses) {
    Command.CreateLink command(ChatId chat) {
      return new Command.CreateLink(
          chat,
          orRandom(token),
          validFor == null ? Duration.ofDays(1) : validFor,
          uses == null ? 1 : uses);
    }
  }

  /** A link, and what it opens with. */
  public record OpenLink(
      String id, ChatId chat, Instant expires, int uses, boolean revoked, Token token) {
    static OpenLink of(Link link, Token token) {
      return new OpenLink(
          link.id(), link.chat(), link.expires(), link.uses(), link.revoked(), token);
    }
  }

  /** What a link opens with. */
  public record LinkToken(Token token) {}

  /** A device that is to be. */
  public record NewDevice(@Nullable Token token) {
    Command.AddDevice command() {
      return new Command.AddDevice(orRandom(token));
    }
  }

  /** A device, and what opens it. */
  public record OpenDevice(
      String id, Instant since, boolean online, @Nullable String letInBy, Token token) {
    static OpenDevice of(Device device, Token token) {
      return new OpenDevice(device.id(), device.since(), device.online(), device.letInBy(), token);
    }
  }

  /** The password by which further devices come in. */
  public record NewPassword(String password) {
    @Override
    public String toString() {
      return "NewPassword[…]";
    }
  }

  /** Until when somebody may not send, and why. */
  public record NewBan(Instant until, String reason) {}

  /** Whether a connection's client still takes what it is fed. */
  public record Alive(boolean alive) {}

  /** All is well. */
  public record Health(String status) {}
}
