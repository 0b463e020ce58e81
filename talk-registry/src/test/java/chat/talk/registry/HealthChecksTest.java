package chat.talk.registry;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Claim;
import chat.talk.Registry;
import chat.talk.RegistryStore;
import chat.talk.RegistryStore.Registration;
import chat.talk.UserAddress;
import chat.talk.UserName;
import chat.talk.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
  private static final Duration INTERVAL = Duration.ofMinutes(2);
  private static final UserName ALICE = UserName.of("alice");
  private static final UserName BOB = UserName.of("bob");
  private static final Registration OPEN =
      new Registration(UserAddress.http("a.test", 80), null, 1);
  private static final Registration MOVED =
      new Registration(UserAddress.http("b.test", 80), null, 2);

  private final RegistryStore store = RegistryStore.inMemory();
  private final SettableClock clock = new SettableClock();
  private final Doctor doctor = new Doctor();
  private final HealthChecks checks = new HealthChecks(store, Runnable::run, doctor, 3);

  /** Finds everybody as well as it is told to, at once or when it is asked to make up its mind. */
  private static final class Doctor implements HealthChecks.Check {
    private final List<UserAddress> asked = new ArrayList<>();
    private final List<CompletableFuture<Boolean>> open = new ArrayList<>();
    private boolean well;
    private boolean hesitates;

    @Override
    public CompletableFuture<Boolean> check(UserAddress address) {
      asked.add(address);
      if (hesitates) {
        open.add(new CompletableFuture<>());
        return open.get(open.size() - 1);
      }
      return CompletableFuture.completedFuture(well);
    }

    void answerAll(boolean answer) {
      open.forEach(check -> check.complete(answer));
    }
  }

  @Test
  void fourthFailureInARowRemoves() {
    store.replace(ALICE, null, OPEN);
    checks.start(clock, INTERVAL);
    clock.advance(INTERVAL.multipliedBy(3));
    assertThat(store.get(ALICE)).isPresent();
    clock.advance(INTERVAL);
    assertThat(store.get(ALICE)).isEmpty();
    assertThat(doctor.asked).hasSize(4);
  }

  @Test
  void nobodyIsAskedBeforeTheFirstInterval() {
    store.replace(ALICE, null, OPEN);
    checks.start(clock, INTERVAL);
    clock.advance(INTERVAL.minusNanos(1));
    assertThat(doctor.asked).isEmpty();
  }

  @Test
  void oneGoodAnswerStartsTheCountAnew() {
    store.replace(ALICE, null, OPEN);
    checks.start(clock, INTERVAL);
    clock.advance(INTERVAL.multipliedBy(3));
    doctor.well = true;
    clock.advance(INTERVAL);
    doctor.well = false;
    clock.advance(INTERVAL.multipliedBy(3));
    assertThat(store.get(ALICE)).isPresent();
    clock.advance(INTERVAL);
    assertThat(store.get(ALICE)).isEmpty();
  }

  @Test
  void newAddressStartsTheCountAnew() {
    store.replace(ALICE, null, OPEN);
    checks.start(clock, INTERVAL);
    clock.advance(INTERVAL.multipliedBy(3));
    store.replace(ALICE, OPEN, MOVED);
    clock.advance(INTERVAL.multipliedBy(3));
    assertThat(store.get(ALICE)).contains(MOVED);
  }

  @Test
  void sameNameTakenAgainStartsTheCountAnew() {
    store.replace(ALICE, null, OPEN);
    checks.start(clock, INTERVAL);
    clock.advance(INTERVAL.multipliedBy(3));
    store.replace(ALICE, OPEN, null);
    clock.advance(INTERVAL);
    store.replace(ALICE, null, OPEN);
    clock.advance(INTERVAL.multipliedBy(3));
    assertThat(store.get(ALICE)).isPresent();
  }

  @Test
  void whoMovesDuringHisLastCheckStays() {
    store.replace(ALICE, null, OPEN);
    checks.start(clock, INTERVAL);
    clock.advance(INTERVAL.multipliedBy(3));
    doctor.hesitates = true;
    clock.advance(INTERVAL);
    store.replace(ALICE, OPEN, MOVED);
    doctor.answerAll(false);
    assertThat(store.get(ALICE)).contains(MOVED);
  }

  @Test
  void whoComesBackToTheSamePlaceDuringHisLastCheckStays() {
    Registry registry = Registry.on(store, Runnable::run);
    Claim claim = Claim.random();
    registry.register(ALICE, OPEN.address(), claim).join();
    checks.start(clock, INTERVAL);
    clock.advance(INTERVAL.multipliedBy(3));
    doctor.hesitates = true;
    clock.advance(INTERVAL);
    registry.register(ALICE, OPEN.address(), claim).join();
    doctor.answerAll(false);
    assertThat(registry.users().join()).containsEntry(ALICE, OPEN.address());
  }

  @Test
  void closedChecksLeaveNothingToDo() {
    store.replace(ALICE, null, OPEN);
    checks.start(clock, INTERVAL);
    doctor.hesitates = true;
    clock.advance(INTERVAL);
    checks.close();
    doctor.answerAll(true);
    assertThat(clock.pending()).isZero();
    HealthChecks idle = new HealthChecks(store, Runnable::run, doctor, 3);
    idle.start(clock, INTERVAL);
    idle.close();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void wellUsersAreNotTouched() {
    doctor.well = true;
    store.replace(ALICE, null, OPEN);
    store.replace(BOB, null, MOVED);
    checks.start(clock, INTERVAL);
    clock.advance(INTERVAL.multipliedBy(10));
    assertThat(store.all()).containsOnlyKeys(ALICE, BOB);
    assertThat(doctor.asked).hasSize(20);
  }

  @Test
  void nextRoundWaitsForTheLastAnswer() {
    doctor.hesitates = true;
    store.replace(ALICE, null, OPEN);
    checks.start(clock, INTERVAL);
    clock.advance(INTERVAL.multipliedBy(5));
    assertThat(doctor.asked).hasSize(1);
    doctor.answerAll(true);
    clock.advance(Duration.ofNanos(1));
    assertThat(doctor.asked).hasSize(2);
  }

  @Test
  void closedChecksAskAndRemoveNobody() {
    store.replace(ALICE, null, OPEN);
    checks.start(clock, INTERVAL);
    clock.advance(INTERVAL.multipliedBy(3));
    doctor.hesitates = true;
    clock.advance(INTERVAL);
    checks.close();
    doctor.answerAll(false);
    clock.advance(INTERVAL.multipliedBy(3));
    assertThat(store.get(ALICE)).isPresent();
    assertThat(doctor.asked).hasSize(4);
  }

  @Test
  void roundsGoOnAfterTheStoreHasFailed() {
    Doctor well = new Doctor();
    FailingOnce failing = new FailingOnce(store);
    store.replace(ALICE, null, OPEN);
    new HealthChecks(failing, Runnable::run, well, 3).start(clock, INTERVAL);
    clock.advance(INTERVAL);
    assertThat(well.asked).isEmpty();
    clock.advance(INTERVAL);
    assertThat(well.asked).hasSize(1);
  }

  /** A store whose first picture cannot be had. */
  private static final class FailingOnce implements RegistryStore {
    private final RegistryStore store;
    private boolean failed;

    FailingOnce(RegistryStore store) {
      this.store = store;
    }

    @Override
    public Optional<Registration> get(UserName user) {
      return store.get(user);
    }

    @Override
    public Map<UserName, Registration> all() {
      if (!failed) {
        failed = true;
        throw new ChatException(Code.STORAGE, "no picture today");
      }
      return store.all();
    }

    @Override
    public boolean replace(
        UserName user, @Nullable Registration expected, @Nullable Registration next) {
      return store.replace(user, expected, next);
    }
  }
}
