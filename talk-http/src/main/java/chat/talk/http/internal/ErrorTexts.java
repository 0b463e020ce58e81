package chat.talk.http.internal;

import chat.talk.ChatException.Code;

/** What the codes of errors mean, for people. */
public final class ErrorTexts {
  private ErrorTexts() {}

  /** A sentence about a code. */
  public static String of(Code code) {
    return switch (code) {
      case INVALID -> "The input breaks a rule; the same input will be refused again.";
      case UNKNOWN_USER -> "There is no user of this name.";
      case NAME_TAKEN -> "The name belongs to somebody else.";
      case FORBIDDEN -> "The user may not do this, or isn't in the chat, or there is no such chat.";
      case UNAUTHENTICATED -> "The token or password is not, or no longer, one that opens this.";
      case NOT_FOUND -> "There is no such thing: a message, an invitation, a device.";
      case GONE -> "It was there and is no more: an erased message, a closed chat, a used link.";
      case CONFLICT -> "What exists under this id is something else.";
      case BANNED -> "The user may not send until retryAt.";
      case LIMITED -> "The user has sent as much as he may until retryAt.";
      case CANNOT_LISTEN -> "An endpoint cannot be opened where it was asked for.";
      case NO_TRANSPORT -> "No transport here speaks the protocol of the user's address.";
      case MISDIRECTED -> "The message, or the request, was meant for somebody else.";
      case TOO_LARGE -> "The message or request is larger than the hub takes.";
      case REFUSED -> "It was understood, and refused for a reason that has no code of its own.";
      case BAD_ANSWER -> "The other side answered something that is not what it should be.";
      case UNREACHABLE -> "No connection could be made, or it broke before an answer came.";
      case TIMED_OUT -> "No answer came in time; whether anything was done is not known.";
      case OVERLOADED -> "Too much is waiting already.";
      case CLOSED -> "The hub has been closed.";
      case STORAGE -> "The storage failed; nothing was stored.";
      case INTERNAL -> "A fault in the hub.";
    };
  }
}
