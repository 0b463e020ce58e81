package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.Claim;
import chat.talk.PeerBuilder;
import chat.talk.Scheduler;
import chat.talk.UserAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starts that fail, at whatever point. */
final class PeerStartTest extends PeerFixture {
  private static final int PORT = 4712;
  private static final Claim CLAIM = Claim.of("alices-secret");

  private final SettableClock clock = new SettableClock();

  private PeerBuilder alice() {
    return peer(ALICE).listenOn(HOST, PORT).claim(CLAIM).scheduler(clock);
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(clock.pending()).isZero();
    clock.advance(Duration.ofHours(1));
    awaitNoThreadOf(ALICE);
  }

  private void assertFailsWithoutATrace(PeerBuilder alice) {
    assertThatThrownBy(() -> alice.start().close()).isInstanceOf(ChatException.class);
    registry.comeBack();
    clock.advance(Duration.ofHours(1));
    assertThat(addressOf(ALICE)).isNull();
    assertPortIsFree(PORT);
  }

  @Test
  void storageThatFails() {
    storage.beforeChats = new Throwing<>(false);
    assertFailsWithoutATrace(alice().storage(storage));
  }

  @Test
  void storageThatFailsBadly() {
    storage.beforeChats = new Throwing<>(true);
    assertFailsWithoutATrace(alice().storage(storage));
  }

  @Test
  void transportThatFails() {
    transport.opening =
        endpoint -> {
          endpoint.close();
          throw new IllegalStateException("a transport that throws");
        };
    assertFailsWithoutATrace(alice());
  }

  @Test
  void registryThatFails() {
    registry.goDown();
    assertFailsWithoutATrace(alice());
  }

  @Test
  void registryThatThrows() {
    registry.goMad();
    assertFailsWithoutATrace(alice());
  }

  @Test
  void failureAfterRegistering() {
    Scheduler broken =
        new Scheduler() {
          @Override
          public Instant now() {
            return clock.now();
          }

          @Override
          public Cancellable after(Duration delay, Runnable task) {
            throw new IllegalStateException("a scheduler that throws");
          }
        };
    assertFailsWithoutATrace(alice().scheduler(broken));
  }

  @Test
  void failureDoesNotTakeOffWhoIsThereAlready() {
    ChatClient first = start(alice());
    UserAddress address = addressOf(ALICE);
    assertThatThrownBy(() -> alice().start().close()).isInstanceOf(ChatException.class);
    assertThat(addressOf(ALICE)).isEqualTo(address);
    first.close();
    assertThat(addressOf(ALICE)).isNull();
  }
}
