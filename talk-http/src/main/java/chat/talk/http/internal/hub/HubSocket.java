package chat.talk.http.internal.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Scheduler;
import chat.talk.http.WebSocketHandler;
import chat.talk.http.WebSocketSession;
import chat.talk.http.WebSocketText;
import chat.talk.http.internal.ErrorStatus;
import chat.talk.http.internal.json.HubFrame;
import chat.talk.room.Hub;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** A session with a hub over one WebSocket. */
public final class HubSocket implements WebSocketHandler {
  /** Who has not connected by then has no business here. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int GOING_AWAY = 1001;

  /** RFC 6455, section 7.4.2: codes from here on are the application's own. */
  private static final int OWN_CODES = 4000;

  private final Hub hub;
  private final Common common;
  private @Nullable Conversation conversation;
  private @Nullable SocketSink sink;
  private Scheduler.@Nullable Cancellable patience;

  private record SocketSink(WebSocketSession socket) implements Conversation.Sink {
    @Override
    public boolean isWritable() {
      return socket.isWritable();
    }

    @Override
    public void put(WebSocketText frame) {
      socket.send(frame);
    }
  }

  /** The session has not begun. */
  public HubSocket(Hub hub, Common common) {
    this.hub = hub;
    this.common = common;
  }

  @Override
  public void onOpen(WebSocketSession socket) {
    conversation = new Conversation(hub, common, socket::pull);
    sink = new SocketSink(socket);
    patience = Scheduler.system().after(PATIENCE, () -> closeUnlessConnected(socket));
  }

  private void closeUnlessConnected(WebSocketSession socket) {
    if (!conversation.hasSession()) {
      socket.close(OWN_CODES + 408, "nobody has connected");
    }
  }

  @Override
  public CompletableFuture<Void> onText(WebSocketSession socket, String text) {
    return conversation.take(text);
  }

  @Override
  public void onPull(WebSocketSession socket) {
    if (patience != null && conversation.hasSession()) {
      endPatience();
    }
    conversation.fill(sink);
    ChatException end = conversation.ended();
    if (end != null) {
      socket.send(HubFrame.end(end));
      socket.close(code(end), String.valueOf(end.getMessage()));
    }
  }

  private static int code(ChatException end) {
    return end.code() == Code.CLOSED ? GOING_AWAY : OWN_CODES + ErrorStatus.of(end.code());
  }

  @Override
  public void onClose(WebSocketSession socket) {
    endPatience();
    conversation.close();
  }

  private void endPatience() {
    if (patience != null) {
      patience.cancel();
      patience = null;
    }
  }
}
