package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.UserName;
import chat.talk.room.Chunk;
import chat.talk.room.Command;
import chat.talk.room.Feed;
import chat.talk.room.Hub;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that are far behind, on real threads, while the head moves on. */
final class LaggardTest {
  private static final int BEHIND = 20_000;
  private static final int ROUNDS = 10;
  private static final int IN_FLIGHT = 8;

  private final Hub hub = HubEngine.builder(HubStorage.inMemory()).open();
  private final AtomicBoolean done = new AtomicBoolean();

  @AfterEach
  void close() {
    done.set(true);
    hub.close();
  }

  @Test
  void getEachEntryOnceAndInOrder() throws InterruptedException {
    Session alice = connect(new Login.NewUser(UserName.of("alice"), Token.random()), new Bell());
    for (int i = 1; i < BEHIND; i++) {
      say(alice);
    }
    say(alice).join();
    keepTalking(alice);
    Token token = Token.random();
    Login login = new Login.NewUser(UserName.of("bob"), token);
    for (int round = 0; round < ROUNDS; round++) {
      readAll(login);
      login = new Login.Known(token);
    }
  }

  private Session connect(Login login, Bell bell) {
    return hub.connect(login, Map.of(State.GENERAL, Cursor.START), bell).join();
  }

  private static CompletableFuture<Entry> say(Session alice) {
    CompletableFuture<Entry> said;
    do {
      said = alice.call(new Command.Send(Draft.of(State.GENERAL, "x")));
    } while (isRefused(said));
    return said;
  }

  private static boolean isRefused(CompletableFuture<Entry> said) {
    boolean refused = said.isCompletedExceptionally();
    if (refused) {
      Thread.onSpinWait();
    }
    return refused;
  }

  private void keepTalking(Session alice) {
    Semaphore window = new Semaphore(IN_FLIGHT);
    Thread talker =
        new Thread(
            () -> {
              while (!done.get()) {
                window.acquireUninterruptibly();
                say(alice).whenComplete((entry, failure) -> window.release());
              }
            });
    talker.setDaemon(true);
    talker.start();
  }

  private void readAll(Login login) throws InterruptedException {
    Bell bell = new Bell();
    Session bob = connect(login, bell);
    List<Long> places = new ArrayList<>();
    while (places.size() < BEHIND) {
      Feed feed = bob.poll(64);
      if (feed.isEmpty()) {
        assertThat(bell.rung.tryAcquire(30, TimeUnit.SECONDS)).as("woken").isTrue();
      }
      for (Chunk chunk : feed.chunks()) {
        chunk.entries().forEach(entry -> places.add(entry.cursor().sequence()));
      }
    }
    bob.close();
    for (int i = 0; i < places.size(); i++) {
      assertThat(places.get(i)).isEqualTo(i + 1L);
    }
  }

  private static final class Bell implements Session.Listener {
    private final Semaphore rung = new Semaphore(0);

    @Override
    public void onReady() {
      rung.release();
    }

    @Override
    public void onEnd(ChatException why) {
      rung.release();
    }
  }
}
