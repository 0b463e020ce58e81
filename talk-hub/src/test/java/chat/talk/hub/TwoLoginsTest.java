package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import chat.talk.testkit.Simulation;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What comes in together is decided together, and still one after the other. */
final class TwoLoginsTest {
  private final Simulation simulation = new Simulation(7);
  private final HubEngine hub =
      HubEngine.builder(HubStorage.inMemory())
          .executor(simulation.executor())
          .scheduler(simulation.scheduler())
          .random(simulation.newRandom())
          .open();

  private static final class Deaf implements Session.Listener {
    private Code ended = Code.INTERNAL;

    @Override
    public void onReady() {}

    @Override
    public void onEnd(ChatException why) {
      ended = why.code();
    }
  }

  @Test
  void ofOneDeviceAtOnceLeaveOneSession() {
    Login login = new Login.NewUser(UserName.of("alice"), Token.random());
    Deaf one = new Deaf();
    CompletableFuture<Session> first = hub.connect(login, Map.of(), one);
    CompletableFuture<Session> second = hub.connect(login, Map.of(), new Deaf());
    simulation.run(Duration.ofSeconds(1));
    assertThat(one.ended).isEqualTo(Code.CONFLICT);
    CompletableFuture<?> sent =
        first.join().call(new Command.Send(Draft.of(State.GENERAL, "still here?")));
    simulation.run(Duration.ofSeconds(1));
    assertThatThrownBy(sent::join)
        .satisfies(e -> assertThat(ChatException.of(e).code()).isEqualTo(Code.UNREACHABLE));
    assertThat(hub.connections()).hasSize(1);
    assertThat(second.join().poll(1).isEmpty()).isTrue();
  }

  @Test
  void loginThatNobodyWaitsForLeavesNone() {
    Login login = new Login.NewUser(UserName.of("alice"), Token.random());
    hub.connect(login, Map.of(), new Deaf()).cancel(false);
    simulation.run(Duration.ofSeconds(1));
    assertThat(hub.connections()).isEmpty();
  }

  @Test
  void resumedFromTheEndHearsOnlyWhatIsNew() {
    Login login = new Login.NewUser(UserName.of("alice"), Token.random());
    CompletableFuture<Session> first = hub.connect(login, Map.of(), new Deaf());
    simulation.run(Duration.ofSeconds(1));
    first.join().call(new Command.Send(Draft.of(State.GENERAL, "old")));
    simulation.run(Duration.ofSeconds(1));
    CompletableFuture<Session> again =
        hub.connect(login, Map.of(State.GENERAL, Cursor.END), new Deaf());
    simulation.run(Duration.ofSeconds(1));
    assertThat(again.join().poll(10).isEmpty()).isTrue();
    again.join().call(new Command.Send(Draft.of(State.GENERAL, "new")));
    simulation.run(Duration.ofSeconds(1));
    assertThat(again.join().poll(10).chunks()).hasSize(1);
  }
}
