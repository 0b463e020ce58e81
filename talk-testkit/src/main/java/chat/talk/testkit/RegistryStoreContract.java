package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.RegistryStore;
import chat.talk.RegistryStore.Registration;
import chat.talk.UserAddress;
import chat.talk.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link RegistryStore} has to hold: it changes a registration only if that is as
 * expected, whoever else does so at the same time.
 */
@Timeout(120)
public abstract class RegistryStoreContract {
  private static final int WRITERS = 4;
  private static final int ROUNDS = 25;
  private static final UserName BOB = UserName.of("bob");
  private static final UserAddress HOME = UserAddress.http("127.0.0.1", 8080);
  private static final Registration OPEN = new Registration(HOME, null, 7);
  private static final Registration CLAIMED = new Registration(HOME, "digest", 7);

  private RegistryStore store;
  private RegistryStore other;

  /** For subclasses. */
  protected RegistryStoreContract() {}

  /**
   * Makes the store under test.
   *
   * @return a new and empty one at each call
   */
  protected abstract RegistryStore open();

  /**
   * Another way to what {@link #open()} has opened, as another process has one.
   *
   * @param opened what it has opened
   * @return the same, unless the store is made to be shared
   */
  protected RegistryStore openAlso(RegistryStore opened) {
    return opened;
  }

  /** Releases what was opened; called after each test. */
  protected void close() {}

  @BeforeEach
  void prepare() {
    store = open();
    other = openAlso(store);
  }

  @AfterEach
  void cleanUp() {
    close();
  }

  static List<Registration> registrations() {
    String longest = "h".repeat(253);
    return List.of(
        OPEN,
        CLAIMED,
        new Registration(new UserAddress("A".repeat(32), longest, 1), "0", Long.MAX_VALUE),
        new Registration(new UserAddress("WSS", "2001:db8::1", 65535), "", Long.MIN_VALUE),
        new Registration(new UserAddress("X+.-1", "bücher.example", 80), "+/=_-", 0));
  }

  @ParameterizedTest
  @MethodSource("registrations")
  void registrationIsKeptAsItIs(Registration registration) {
    assertThat(store.replace(BOB, null, registration)).isTrue();
    assertThat(store.get(BOB)).contains(registration);
    assertThat(store.all()).isEqualTo(Map.of(BOB, registration));
    assertThat(other.get(BOB)).contains(registration);
  }

  @Test
  void everyRegistrationCanBecomeEveryOther() {
    Registration now = null;
    for (Registration one : registrations()) {
      for (Registration other : registrations()) {
        assertThat(store.replace(BOB, now, one)).isTrue();
        assertThat(store.replace(BOB, one, other)).isTrue();
        assertThat(store.get(BOB)).contains(other);
        now = other;
      }
    }
    assertThat(store.replace(BOB, now, null)).isTrue();
    assertThat(store.get(BOB)).isEmpty();
    assertThat(store.all()).isEmpty();
  }

  static List<Registration> almost() {
    return List.of(
        new Registration(new UserAddress("HTTPS", "127.0.0.1", 8080), "digest", 7),
        new Registration(UserAddress.http("127.0.0.2", 8080), "digest", 7),
        new Registration(UserAddress.http("127.0.0.1", 8081), "digest", 7),
        new Registration(HOME, "Digest", 7),
        new Registration(HOME, "digest ", 7),
        new Registration(HOME, "", 7),
        OPEN,
        new Registration(HOME, "digest", 8));
  }

  @ParameterizedTest
  @MethodSource("almost")
  void almostWhatIsExpectedIsNotEnough(Registration almost) {
    requireRefused(CLAIMED, almost);
    requireRefused(almost, CLAIMED);
  }

  private void requireRefused(Registration stored, Registration expected) {
    assertThat(store.replace(BOB, store.get(BOB).orElse(null), stored)).isTrue();
    assertThat(store.replace(BOB, expected, OPEN)).isFalse();
    assertThat(store.replace(BOB, expected, null)).isFalse();
    assertThat(store.replace(BOB, null, OPEN)).isFalse();
    assertThat(store.replace(BOB, null, null)).isFalse();
    assertThat(store.get(BOB)).contains(stored);
  }

  @Test
  void whoIsAbsentIsExpectedToBe() {
    assertThat(store.replace(BOB, OPEN, CLAIMED)).isFalse();
    assertThat(store.replace(BOB, OPEN, null)).isFalse();
    assertThat(store.replace(BOB, null, null)).isTrue();
    assertThat(store.get(BOB)).isEmpty();
    assertThat(store.all()).isEmpty();
  }

  @Test
  void nothingIsReplacedByItself() {
    assertThat(store.replace(BOB, null, CLAIMED)).isTrue();
    assertThat(store.replace(BOB, CLAIMED, CLAIMED)).isTrue();
    assertThat(store.get(BOB)).contains(CLAIMED);
  }

  @Test
  void othersStayAsTheyAre() {
    List<UserName> names = names("a", "A", "aa", "a.", "_", "0");
    names.forEach(name -> assertThat(store.replace(name, null, OPEN)).isTrue());
    assertThat(store.replace(UserName.of("a"), OPEN, CLAIMED)).isTrue();
    assertThat(store.replace(UserName.of("_"), OPEN, null)).isTrue();
    assertThat(store.all()).hasSize(names.size() - 1).containsEntry(UserName.of("A"), OPEN);
    assertThat(store.all().values()).containsOnlyOnce(CLAIMED);
  }

  @Test
  void allAreInTheOrderOfTheirNamesAndOfTheMoment() {
    List<UserName> names = names("b", "a.2", "Z", "_", "a", "-", "0", "B", "a-1", "ab");
    names.forEach(name -> assertThat(store.replace(name, null, OPEN)).isTrue());
    Map<UserName, Registration> all = store.all();
    assertThat(store.replace(names.get(0), OPEN, null)).isTrue();
    assertThat(all.keySet()).containsExactlyElementsOf(names.stream().sorted().toList());
    assertThatThrownBy(all::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  private static List<UserName> names(String... names) {
    return Stream.of(names).map(UserName::of).toList();
  }

  @Test
  void nobodysChangeIsLost() {
    assertThat(store.replace(BOB, null, new Registration(HOME, null, 0))).isTrue();
    together(
        own -> {
          for (int i = 0; i < ROUNDS; i++) {
            countUp(own);
          }
          return 0;
        });
    assertThat(store.get(BOB)).contains(new Registration(HOME, null, (long) WRITERS * ROUNDS));
  }

  private static void countUp(RegistryStore store) {
    Registration now;
    do {
      now = store.get(BOB).orElseThrow();
    } while (!store.replace(BOB, now, new Registration(HOME, now.claim(), now.revision() + 1)));
  }

  @Test
  void ofManyWhoAddOrRemoveAUserOneDoes() {
    for (int i = 0; i < ROUNDS; i++) {
      assertThat(together(own -> own.replace(BOB, null, ofThisThread()) ? 1 : 0)).isEqualTo(1);
      Registration now = store.get(BOB).orElseThrow();
      assertThat(together(own -> own.replace(BOB, now, null) ? 1 : 0)).isEqualTo(1);
      assertThat(store.get(BOB)).isEmpty();
    }
  }

  private static Registration ofThisThread() {
    return new Registration(HOME, null, Thread.currentThread().getId());
  }

  /** Runs writers that begin at the same time, every other one by another way in; the sum. */
  private int together(ToIntFunction<RegistryStore> writer) {
    CountDownLatch start = new CountDownLatch(WRITERS);
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      RegistryStore own = i % 2 == 0 ? store : other;
      all.add(
          Background.supply(
              () -> {
                start.countDown();
                Await.latch("all writers", start);
                return writer.applyAsInt(own);
              }));
    }
    return all.stream().mapToInt(Await::result).sum();
  }
}
