package chat.talk.http.internal.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.http.HttpRequest;
import chat.talk.http.internal.Bearer;
import chat.talk.room.Command;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/**
 * A request that is being answered.
 *
 * @param <B> what its body says
 */
final class RestCall<B> {
  private static final int LIMIT = 50;

  private final Hub hub;
  private final @Nullable Login login;
  private final HttpRequest request;
  private final B body;

  /**
   * A call.
   *
   * @param login who asks; null where that doesn't matter
   */
  RestCall(Hub hub, @Nullable Login login, HttpRequest request, B body) {
    this.hub = hub;
    this.login = login;
    this.request = request;
    this.body = body;
  }

  HttpRequest request() {
    return request;
  }

  B body() {
    return body;
  }

  /** Asks the hub for somebody. */
  <R> CompletableFuture<R> ask(Login who, Command<R> command) {
    return hub.ask(who, command);
  }

  /** Asks the hub for whoever has sent this. */
  <R> CompletableFuture<R> ask(Command<R> command) {
    return hub.ask(Objects.requireNonNull(login), command);
  }

  /** Who has sent a request; no token of the right form is no token. */
  static Login login(HttpRequest request) {
    try {
      return Bearer.login(request);
    } catch (ChatException e) {
      throw new ChatException(Code.UNAUTHENTICATED, String.valueOf(e.getMessage()), e);
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
