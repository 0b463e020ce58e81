package chat.talk.http.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.UserName;
import chat.talk.http.HttpSettings;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attempts to connect that were given up. */
@Timeout(60)
final class StraysTest {
  private static final Token TOKEN = Token.random();

  private final OkHttpClient client = Clients.create(HttpSettings.defaults(), false, 4);

  @AfterEach
  void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  private static final class Ends implements Session.Listener {
    private final List<Code> codes = new ArrayList<>();

    @Override
    public void onReady() {}

    @Override
    public void onEnd(ChatException why) {
      codes.add(why.code());
    }
  }

  @Test
  void noMoreConflictsAreExcusedThanAFew() {
    Strays strays = new Strays();
    for (int i = 0; i < 100; i++) {
      strays.add(TOKEN);
    }
    Ends ends = new Ends();
    Session.Listener excused = strays.excused(TOKEN, ends);
    for (int i = 0; i < 17; i++) {
      excused.onEnd(new ChatException(Code.CONFLICT, "elsewhere"));
    }
    assertThat(ends.codes.subList(0, 16)).containsOnly(Code.UNREACHABLE);
    assertThat(ends.codes.get(16)).isEqualTo(Code.CONFLICT);
  }

  /** An attempt that has failed. */
  private Carrier attempt(int port) throws Exception {
    HttpUrl base = HttpUrl.get("http://127.0.0.1:" + port);
    Login login = new Login.NewUser(UserName.of("ada"), TOKEN);
    Carrier carrier = Ways.POLL.make(client, 1_000, base, null, new Ends(), () -> {});
    CompletableFuture<Session> opened = carrier.open(login, Map.of());
    assertThat(opened.handle((session, failure) -> failure).get(20, TimeUnit.SECONDS)).isNotNull();
    return carrier;
  }

  @Test
  void attemptThatHasSentNothingDoesNotArrive() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThat(attempt(port).mayStillArrive()).isFalse();
  }

  @Test
  void attemptThatWasSentMayStillArrive() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> dropping = CompletableFuture.runAsync(() -> readAndDrop(server));
      assertThat(attempt(server.getLocalPort()).mayStillArrive()).isTrue();
      dropping.get(20, TimeUnit.SECONDS);
    }
  }

  /** Takes a request in, and hangs up. */
  private static void readAndDrop(ServerSocket server) {
    try (Socket accepted = server.accept()) {
      String read = "";
      while (!read.contains("\"connect\"")) {
        read += (char) accepted.getInputStream().read();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
