package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A hub in another process, which comes and goes. Who connects while it is gone waits until it is
 * back, so that no time is lost.
 */
final class RemoteHub implements Hub {
  private CompletableFuture<Integer> port = new CompletableFuture<>();

  synchronized void isUp(int number) {
    port.complete(number);
  }

  synchronized void isDown() {
    if (port.isDone()) {
      port = new CompletableFuture<>();
    }
  }

  private synchronized CompletableFuture<Integer> port() {
    return port;
  }

  @Override
  public CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    return port().thenCompose(number -> connect(number, new Frame.Hello(login, resume), listener));
  }

  private static CompletableFuture<Session> connect(
      int port, Frame.Hello hello, Session.Listener listener) {
    try {
      RemoteSession session =
          new RemoteSession(new Socket(InetAddress.getLoopbackAddress(), port), listener);
      return session.open(hello);
    } catch (IOException e) {
      ChatException why = new ChatException(Code.UNREACHABLE, "the hub is down", e);
      return CompletableFuture.failedFuture(why);
    }
  }

  /** Nobody else's hub is shut down. */
  @Override
  public CompletableFuture<Void> shutDown(String reason) {
    return CompletableFuture.failedFuture(new ChatException(Code.FORBIDDEN, "not from here"));
  }

  @Override
  public void close() {}
}
