package chat.talk.http.internal;

import chat.talk.ChatException;
import chat.talk.http.HttpResponse;
import chat.talk.http.internal.json.AnswerJson;

/** A request is answered by the server itself, with an error. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient HttpResponse response;
  private final boolean ending;

  private Refusal(HttpResponse response, boolean ending) {
    super("refused with " + response.status(), null, false, false);
    this.response = response;
    this.ending = ending;
  }

  /** A refusal after which the connection is still usable. */
  static Refusal of(int status, String word, String message) {
    return new Refusal(HttpResponse.json(status, AnswerJson.error(word, message)), false);
  }

  /** A refusal after which the connection is not: nobody knows where the next request begins. */
  static Refusal ending(int status, String word, String message) {
    return new Refusal(HttpResponse.json(status, AnswerJson.error(word, message)), true);
  }

  static Refusal invalid(String message) {
    return of(400, ChatException.Code.INVALID.name(), message);
  }

  static Refusal tooLarge(int maxBody) {
    return of(
        413, ChatException.Code.TOO_LARGE.name(), "the body has more than " + maxBody + " bytes");
  }

  static Refusal overloaded() {
    return new Refusal(
        HttpResponse.of(
            new ChatException(ChatException.Code.OVERLOADED, "too much is being received already")),
        false);
  }

  Refusal with(String header, String value) {
    return new Refusal(response.withHeader(header, value), ending);
  }

  HttpResponse response() {
    return response;
  }

  boolean isEnding() {
    return ending;
  }
}
