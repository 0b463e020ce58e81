package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.HubStatus;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever doesn't wait for an answer any more. */
final class GivenUpTest {
  /** More than a session may have pending. */
  private static final int MANY = 5_000;

  private final Deque<Runnable> steps = new ArrayDeque<>();
  private final HubEngine hub =
      HubEngine.builder(HubStorage.inMemory())
          .executor(steps::add)
          .closeWithin(Duration.ofMillis(50))
          .open();

  private static final Session.Listener NOBODY =
      new Session.Listener() {
        @Override
        public void onReady() {}

        @Override
        public void onEnd(ChatException why) {}
      };

  @AfterEach
  void close() {
    run();
    hub.close();
  }

  private void run() {
    for (Runnable step = steps.poll(); step != null; step = steps.poll()) {
      step.run();
    }
  }

  @Test
  void callsGivenUpAreNoLongerPendingOnceTheyAreAnswered() {
    Login login = new Login.NewUser(UserName.of("alice"), Token.random());
    CompletableFuture<Session> connected = hub.connect(login, Map.of(), NOBODY);
    run();
    Session alice = connected.join();
    for (int i = 0; i < MANY; i++) {
      assertThat(alice.call(new Command.Chats()).cancel(true)).isTrue();
      run();
    }
    CompletableFuture<HubStatus> status = alice.call(new Command.Status());
    run();
    assertThat(status).isCompleted();
  }
}
