package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.room.Command;
import chat.talk.room.Hub;
import chat.talk.room.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Objects;
import org.jetbrains.annotations.Nullable;

/** Lets clients in other processes of this machine come to a hub; {@link RemoteHub} is theirs. */
final class HubPort {
  private static final int FEED = 256;

  private final Hub hub;
  private final ServerSocket server;

  HubPort(Hub hub) throws IOException {
    this.hub = hub;
    this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  }

  int number() {
    return server.getLocalPort();
  }

  /** Goes on for ever. */
  void serve() throws IOException {
    while (true) {
      new Guest(server.accept()).wire.start();
    }
  }

  /** The hub's end of one session. */
  private final class Guest implements Session.Listener {
    final Wire wire;
    private volatile @Nullable Session session;

    /** These two are only the wire's writer's. */
    private boolean isReady = true;

    private boolean wantsMore = true;

    Guest(Socket socket) {
      wire = new Wire(socket, this::heard, this::gone);
    }

    private void heard(Object frame) {
      if (frame instanceof Frame.Hello hello) {
        hub.connect(hello.login(), hello.resume(), this).whenComplete(this::connected);
      } else if (frame instanceof Frame.Question question) {
        ask(question.number(), question.command());
      } else if (frame instanceof Frame.More) {
        wire.tellLater(() -> feed(isReady, true));
      }
    }

    private void connected(@Nullable Session made, @Nullable Throwable failure) {
      if (made == null) {
        wire.tell(new Frame.Ended(ChatException.of(failure)));
      } else {
        session = made;
        wire.tell(new Frame.Welcome(made.user(), made.device()));
        wire.tellLater(() -> feed(true, wantsMore));
      }
    }

    private <R> void ask(long number, Command<R> command) {
      Objects.requireNonNull(session, "session")
          .call(command)
          .whenComplete(
              (value, failure) -> {
                ChatException why = failure == null ? null : ChatException.of(failure);
                wire.tell(new Frame.Answer(number, value, why));
              });
    }

    private @Nullable Frame feed(boolean ready, boolean more) {
      isReady = ready;
      wantsMore = more;
      Session present = session;
      if (!isReady || !wantsMore || present == null) {
        return null;
      }
      Frame.Fed fed = new Frame.Fed(present.poll(FEED));
      isReady = !fed.feed().isEmpty();
      wantsMore = !isReady;
      return isReady ? fed : null;
    }

    private void gone() {
      Session present = session;
      if (present != null) {
        present.close();
      }
    }

    @Override
    public void onReady() {
      wire.tellLater(() -> feed(true, wantsMore));
    }

    @Override
    public void onEnd(ChatException why) {
      wire.tell(new Frame.Ended(why));
    }
  }
}
