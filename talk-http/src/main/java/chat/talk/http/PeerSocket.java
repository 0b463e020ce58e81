package chat.talk.http;

import chat.talk.ChatException;
import chat.talk.MessageId;
import chat.talk.Transport;
import chat.talk.http.internal.json.AnswerJson;
import chat.talk.http.internal.json.MessageJson;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes messages in over WebSocket. */
final class PeerSocket implements WebSocketHandler {
  private static final Logger LOG = LoggerFactory.getLogger(PeerSocket.class);

  private final Transport.Receiver receiver;
  private final Map<WebSocketSession, OrderedAnswers> sessions = new ConcurrentHashMap<>();

  PeerSocket(Transport.Receiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public void onOpen(WebSocketSession session) {
    sessions.put(session, new OrderedAnswers(session::send));
  }

  @Override
  public void onClose(WebSocketSession session) {
    sessions.remove(session);
  }

  @Override
  public CompletableFuture<Void> onText(WebSocketSession session, String text) {
    OrderedAnswers answers = sessions.get(session);
    if (answers == null) {
      return CompletableFuture.completedFuture(null);
    }
    OrderedAnswers.Place place = answers.next();
    MessageJson.Incoming message;
    try {
      message = MessageJson.decode(text);
    } catch (ChatException e) {
      answers.fill(place, AnswerJson.error(e, MessageJson.idOf(text)));
      return CompletableFuture.completedFuture(null);
    }
    MessageId id = message.hasOwnId() ? message.envelope().id() : null;
    return receive(message)
        .handle(
            (stored, failure) -> {
              answers.fill(place, answer(id, failure));
              return null;
            });
  }

  private CompletableFuture<Void> receive(MessageJson.Incoming message) {
    try {
      return receiver.receive(message.envelope());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static String answer(@Nullable MessageId id, @Nullable Throwable failure) {
    if (failure == null) {
      return AnswerJson.ok(id);
    }
    ChatException known = ChatException.of(failure);
    if (known.code() == ChatException.Code.INTERNAL) {
      LOG.error("a message could not be received", known);
      known = new ChatException(known.code(), "a fault on this side; its log tells more");
    }
    return AnswerJson.error(known, id);
  }
}
