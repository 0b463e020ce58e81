package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.room.Chunk;
import chat.talk.room.Command;
import chat.talk.room.Feed;
import chat.talk.room.Hub;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SimulatedNetworkTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Simulation simulation = new Simulation(11);
  private final HubStorage storage = HubStorage.inMemory();
  private final CrashableHub hub =
      new CrashableHub(
          simulation,
          storage,
          (kept, scheduler, executor, random) ->
              new ReferenceHub(kept, scheduler, random, Planted.NONE));
  private final SimulatedNetwork network = new SimulatedNetwork(simulation);
  private final Hub far = network.at(hub, "alice");
  private final Login alice =
      new Login.NewUser(UserName.of("alice"), Token.of("alice-abcdefghijklmnopqrstuvwxyz"));
  private final Ends ends = new Ends();

  /** What a session's client is told. */
  private static final class Ends implements Session.Listener {
    int ready;
    final List<Code> ends = new ArrayList<>();

    @Override
    public void onReady() {
      ready++;
    }

    @Override
    public void onEnd(ChatException why) {
      ends.add(why.code());
    }
  }

  private CompletableFuture<Session> connecting() {
    CompletableFuture<Session> connecting = far.connect(alice, Map.of(), ends);
    simulation.run(SECOND);
    return connecting;
  }

  private static Command<Entry> message(int number) {
    Draft draft = new Draft(MessageId.of("m" + number), ReferenceHub.GENERAL, "text " + number);
    return new Command.Send(draft);
  }

  private static CompletableFuture<Entry> send(Session session, int number) {
    return session.call(message(number));
  }

  private List<String> log() {
    return storage.readAfter(ReferenceHub.GENERAL, Cursor.START, 1_000).entries().stream()
        .map(entry -> entry.event().id().value())
        .toList();
  }

  private static Code code(CompletableFuture<?> failed) {
    try {
      failed.getNow(null);
      return null;
    } catch (RuntimeException e) {
      return ChatException.of(e).code();
    }
  }

  @Test
  void aGoodNetworkTakesTimeAndNothingElse() {
    Session session = connecting().join();
    CompletableFuture<Entry> answer = send(session, 1);
    assertThat(answer).isNotDone();

    simulation.run(SECOND);

    assertThat(answer).isCompleted();
    assertThat(session.user()).isEqualTo(UserName.of("alice"));
    assertThat(entries(session)).containsExactly("m1");
    assertThat(ends.ends).isEmpty();
  }

  private static List<String> entries(Session session) {
    List<String> ids = new ArrayList<>();
    for (Feed feed = session.poll(10); !feed.isEmpty(); feed = session.poll(10)) {
      for (Chunk chunk : feed.chunks()) {
        chunk.entries().forEach(entry -> ids.add(entry.event().id().value()));
      }
    }
    return ids;
  }

  @Test
  void aClientIsToldOnceForEachEmptyPoll() {
    Session session = connecting().join();
    assertThat(session.poll(10).isEmpty()).isTrue();
    int before = ends.ready;
    send(session, 1);
    simulation.run(SECOND);
    send(session, 2);
    simulation.run(SECOND);

    assertThat(ends.ready).isEqualTo(before + 1);
    assertThat(entries(session)).containsExactly("m1", "m2");
  }

  @Test
  void requestsKeepTheirOrderUnderAllFaultsThatLeaveTheConnection() {
    network.faults(
        Faults.none()
            .delay(Duration.ZERO, Duration.ofMillis(200))
            .spikes(0.2, SECOND)
            .duplicateRequests(0.3)
            .loseAnswers(0.1)
            .reorder(0.2)
            .idleLimit(Duration.ofHours(1)));
    Session session = connecting().join();
    for (int i = 10; i < 99; i++) {
      send(session, i);
    }
    simulation.run(MINUTE);

    assertThat(log()).hasSize(89).isSorted();
  }

  @Test
  void aLostRequestTakesThoseBehindItAlong() {
    Session session = connecting().join();
    send(session, 1);
    network.faults(Faults.none().loseRequests(1));
    CompletableFuture<Entry> lost = send(session, 2);
    network.faults(Faults.none());
    CompletableFuture<Entry> behind = send(session, 3);
    simulation.run(SECOND);

    assertThat(log()).containsExactly("m1");
    assertThat(lost).isNotDone();
    simulation.run(MINUTE);
    assertThat(code(lost)).isEqualTo(Code.UNREACHABLE);
    assertThat(code(behind)).isEqualTo(Code.UNREACHABLE);
    assertThat(ends.ends).containsExactly(Code.UNREACHABLE);
  }

  @Test
  void aHalfOpenConnectionTellsNobodyUntilTheIdleLimit() {
    Session session = connecting().join();
    network.halfOpen("alice");
    CompletableFuture<Entry> lost = send(session, 1);
    simulation.run(Duration.ofSeconds(9));
    assertThat(lost).isNotDone();
    assertThat(ends.ends).isEmpty();

    simulation.run(Duration.ofSeconds(2));
    assertThat(code(lost)).isEqualTo(Code.UNREACHABLE);
    assertThat(ends.ends).containsExactly(Code.UNREACHABLE);
    assertThat(log()).isEmpty();
  }

  @Test
  void aRequestThatComesAfterItsClientHasComeBackIsRefused() {
    Session old = connecting().join();
    network.faults(Faults.none().delay(Duration.ofSeconds(5), Duration.ofSeconds(6)));
    send(old, 1);
    network.faults(Faults.none());
    old.close();
    Session session = connecting().join();
    send(session, 2);
    simulation.run(MINUTE);

    assertThat(log()).containsExactly("m2");
  }

  @Test
  void anAttemptThatWasGivenUpDoesNotReachTheHubAfterTheNext() {
    network.faults(Faults.none().delay(Duration.ofSeconds(5), Duration.ofSeconds(6)));
    CompletableFuture<Session> first = far.connect(alice, Map.of(), ends);
    network.faults(Faults.none());
    Session second = connecting().join();
    simulation.run(MINUTE);

    assertThat(first).isNotDone();
    assertThat(ends.ends).isEmpty();
    send(second, 1);
    simulation.run(SECOND);
    assertThat(log()).containsExactly("m1");
  }

  @Test
  void anUnreachableHubRefusesOrNeverAnswers() {
    network.faults(Faults.none().refuseConnections(1));
    assertThat(code(connecting())).isEqualTo(Code.UNREACHABLE);

    network.faults(Faults.none().ignoreConnections(1));
    CompletableFuture<Session> ignored = far.connect(alice, Map.of(), ends);
    simulation.run(Duration.ofSeconds(5));
    assertThat(ignored).isNotDone();
    assertThat(ends.ends).isEmpty();
  }

  @Test
  void whoIsIsolatedIsBackAfterwards() {
    connecting();
    network.isolate(List.of("alice"), MINUTE);
    simulation.run(Duration.ofSeconds(30));
    CompletableFuture<Session> blocked = far.connect(alice, Map.of(), ends);
    simulation.run(Duration.ofSeconds(20));
    assertThat(blocked.isDone() && !blocked.isCompletedExceptionally()).isFalse();

    simulation.run(MINUTE);
    assertThat(connecting()).isCompleted();
  }

  @Test
  void aSlowReaderIsFeltAtTheHub() {
    network.faults(Faults.none().window(2));
    Session session = connecting().join();
    for (int i = 10; i < 30; i++) {
      send(session, i);
      simulation.run(SECOND);
    }
    Feed first = session.poll(100);
    assertThat(first.chunks().stream().mapToInt(chunk -> chunk.entries().size()).sum())
        .isBetween(1, 3);

    List<String> rest = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rest.addAll(entries(session));
      simulation.run(SECOND);
    }
    assertThat(rest).isSorted().endsWith("m29");
  }

  @Test
  void aCrashedHubAnswersNobodyAndKeepsWhatWasStored() {
    Session session = connecting().join();
    send(session, 1);
    simulation.run(SECOND);
    hub.crash();
    CompletableFuture<Entry> lost = send(session, 2);
    simulation.run(SECOND);
    assertThat(code(lost)).isEqualTo(Code.UNREACHABLE);
    assertThat(ends.ends).containsExactly(Code.UNREACHABLE);
    assertThat(code(connecting())).isEqualTo(Code.UNREACHABLE);

    hub.restart();
    Session again = connecting().join();
    send(again, 3);
    simulation.run(SECOND);
    assertThat(log()).containsExactly("m1", "m3");
  }

  @Test
  void aCommitInACrashIsThereOrNot() {
    for (boolean stored : List.of(true, false)) {
      hub.restart();
      Session session = connecting().join();
      hub.crashAtCommit(stored);
      CompletableFuture<Entry> answer = send(session, stored ? 1 : 2);
      simulation.run(SECOND);

      assertThat(code(answer)).isEqualTo(Code.UNREACHABLE);
      assertThat(hub.isUp()).isFalse();
    }
    assertThat(log()).containsExactly("m1");
  }

  @Test
  void aShutdownTellsTheClients() {
    connecting();
    hub.shutDown("maintenance").join();
    simulation.run(SECOND);

    assertThat(ends.ends).containsExactly(Code.CLOSED);
    assertThat(hub.isUp()).isFalse();
  }
}
