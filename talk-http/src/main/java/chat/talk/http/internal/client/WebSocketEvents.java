package chat.talk.http.internal.client;

import static chat.talk.ChatException.Code.TOO_LARGE;
import static chat.talk.ChatException.Code.UNREACHABLE;

import chat.talk.ChatException;
import chat.talk.http.internal.json.AnswerJson;
import chat.talk.http.internal.json.Printable;
import java.io.IOException;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jetbrains.annotations.Nullable;

/** Tells a connection what its WebSocket goes through; called by OkHttp's threads. */
final class WebSocketEvents extends WebSocketListener {
  private static final int MESSAGE_TOO_BIG = 1009;
  private static final int SHOWN = 120;

  private final SocketConnection connection;
  private final BoundedSockets sockets;
  private final String peer;

  WebSocketEvents(SocketConnection connection, BoundedSockets sockets, String peer) {
    this.connection = connection;
    this.sockets = sockets;
    this.peer = peer;
  }

  @Override
  public void onOpen(WebSocket socket, Response response) {
    sockets.reset();
    connection.opened(socket);
  }

  @Override
  public void onMessage(WebSocket socket, String text) {
    sockets.reset();
    AnswerJson.Answer answer;
    try {
      answer = Answers.read(peer, () -> AnswerJson.decode(bounded(text)));
    } catch (ChatException e) {
      connection.failed(socket, e);
      return;
    }
    connection.answered(socket, answer);
  }

  @Override
  public void onMessage(WebSocket socket, ByteString bytes) {
    connection.failed(socket, Answers.bad(peer, "a binary one"));
  }

  @Override
  public void onClosing(WebSocket socket, int code, String reason) {
    String why = "WebSocket closed with " + code + " " + Printable.line(reason, SHOWN);
    ChatException failure =
        new ChatException(UNREACHABLE, "the connection to " + peer + " ended: " + why.strip());
    if (code == MESSAGE_TOO_BIG) {
      connection.overflowed(
          socket, failure, new ChatException(TOO_LARGE, "too large a message for " + peer));
    } else {
      connection.failed(socket, failure);
    }
  }

  @Override
  public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
    if (response == null || response.code() == 101) {
      connection.failed(socket, failure(failure));
      return;
    }
    try {
      byte[] body = Answers.body(response, Answers.LIMIT, peer);
      refused(socket, response.code(), body);
    } catch (IOException e) {
      connection.failed(socket, failure(e));
    } catch (ChatException e) {
      connection.failed(socket, e);
    }
  }

  private void refused(WebSocket socket, int status, byte[] body) {
    if (status >= 400) {
      connection.refused(socket, Answers.refusal(status, body, peer));
    } else {
      connection.failed(socket, Answers.bad(peer, "status " + status + " instead of 101"));
    }
  }

  private ChatException failure(Throwable failure) {
    return failure instanceof IOException io
        ? Answers.failure(io, sockets.hasConnected(), peer)
        : ChatException.of(failure);
  }

  private static String bounded(String text) {
    if (text.length() > Answers.LIMIT) {
      throw Answers.invalid("more than " + Answers.LIMIT + " characters");
    }
    return text;
  }
}
