package chat.talk.http.internal.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.http.HttpRequest;
import chat.talk.room.Command;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that is being answered.
 *
 * @param <B> what its body says
 */
final class RestCall<B> {
  /** RFC 6750, section 2.1; the scheme's case doesn't count (RFC 9110, section 11.1). */
  private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +(\\S+) *");

  private static final int LIMIT = 50;

  private final Hub hub;
  private final HttpRequest request;
  private final B body;

  RestCall(Hub hub, HttpRequest request, B body) {
    this.hub = hub;
    this.request = request;
    this.body = body;
  }

  B body() {
    return body;
  }

  Hub hub() {
    return hub;
  }

  /** Asks the hub for whoever has sent this. */
  <R> CompletableFuture<R> ask(Command<R> command) {
    return hub.ask(login(request), command);
  }

  /** Who has sent a request, as its token says. */
  static Login login(HttpRequest request) {
    Matcher bearer = BEARER.matcher(request.header("Authorization").orElse(""));
    if (!bearer.matches()) {
      throw new ChatException(
          Code.UNAUTHENTICATED, "needed is a header of the form Authorization: Bearer <token>");
    }
    return new Login.Known(token(bearer.group(1)));
  }

  private static Token token(String secret) {
    try {
      return Token.of(secret);
    } catch (ChatException e) {
      throw new ChatException(Code.UNAUTHENTICATED, "that is no token of a device", e);
    }
  }

  ChatId chat() {
    return path("chat", ChatId.class);
  }

  UserName user() {
    return path("user", UserName.class);
  }

  MessageId id() {
    return path("id", MessageId.class);
  }

  MessageKey message() {
    return new MessageKey(path("author", UserName.class), id());
  }

  <V> V path(String name, Class<V> type) {
    return type.cast(Parameter.named(name).form().parse(name, request.parameter(name)));
  }

  <V> Optional<V> query(String name, Class<V> type) {
    return request
        .query(name)
        .map(text -> type.cast(Parameter.named(name).form().parse(name, text)));
  }

  Cursor after() {
    return query("after", Cursor.class).orElse(Cursor.START);
  }

  Cursor before() {
    return query("before", Cursor.class).orElse(Cursor.END);
  }

  int limit() {
    return query("limit", Integer.class).orElse(LIMIT);
  }
}
